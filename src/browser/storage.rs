//! What the browser stores for the page. Never a token. Failures are tolerated: without storage the page only forgets.

use web_sys::Storage;

use super::window;

/// The prefix of all names; other apps may use the same origin.
const PREFIX: &str = "pim-desk.";

/// A stored value, in the storage of the tab or of the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// In the tab: the sign-in in progress.
    Pending,
    /// In the tab: the recent automatic redirects.
    LoopGuard,
    /// In the tab: who was signed in, to return silently after a reload.
    LoginHint,
    /// In the tab: whose unsent text it keeps, while nobody is signed in.
    Left,
    /// In the tab: unsaved changes, by tenant, person and policy.
    Draft(&'a str),
    /// In the tab: what is chosen for a change of many policies, by tenant and person.
    Rollout(&'a str),
    /// In the browser: what a change of many policies did, by tenant, person and its ID.
    RolloutRecord(&'a str),
    /// In the browser: that the stored record of a change of many policies is up to date, by tenant, person and its ID.
    RolloutSure(&'a str),
    /// In the browser: the plan of a change of many policies, for another try, by tenant, person and its ID.
    RolloutPlan(&'a str),
    /// In the tab: the justification typed for a decision, by tenant, person and request.
    Justification(&'a str),
    /// In the tab: a sign-in that asked for extras was refused.
    NoExtras,
    /// In the browser: that a person signed out, by tenant and person, until they sign in.
    SignedOut(&'a str),
    /// In the browser: what this person wants sign-in to ask for beyond the default.
    Wanted,
    /// In the browser: light or dark.
    Theme,
    /// In the browser: that single keys are turned off.
    Shortcuts,
    /// In the browser: how new requests are announced.
    Alerts,
    /// In the browser: pinned groups, by tenant and person.
    Pinned(&'a str),
    /// In the browser: groups opened recently, by tenant and person.
    Recent(&'a str),
    /// In the browser: a template, by tenant and its key.
    Template(&'a str),
    /// In the browser: what a save did, by tenant, person and the receipt's ID.
    Receipt(&'a str),
}

impl Key<'_> {
    fn name(self) -> String {
        let (name, which) = match self {
            Self::Pending => ("pending", ""),
            Self::LoopGuard => ("redirects", ""),
            Self::LoginHint => ("login-hint", ""),
            Self::Left => ("left", ""),
            Self::Draft(which) => ("draft.", which),
            Self::Rollout(which) => ("rollout.", which),
            Self::RolloutRecord(which) => ("rollouts.", which),
            Self::RolloutSure(which) => ("rollout-sure.", which),
            Self::RolloutPlan(which) => ("rollout-plan.", which),
            Self::Justification(which) => ("justification.", which),
            Self::NoExtras => ("no-extras", ""),
            Self::SignedOut(which) => ("signed-out.", which),
            Self::Wanted => ("wanted", ""),
            Self::Theme => ("theme", ""),
            Self::Shortcuts => ("shortcuts", ""),
            Self::Alerts => ("alerts", ""),
            Self::Pinned(which) => ("pinned.", which),
            Self::Recent(which) => ("recent.", which),
            Self::Template(which) => ("template.", which),
            Self::Receipt(which) => ("receipt.", which),
        };
        format!("{PREFIX}{name}{which}")
    }

    fn area(self) -> Option<Storage> {
        match self {
            Self::Pending
            | Self::LoopGuard
            | Self::LoginHint
            | Self::Left
            | Self::NoExtras
            | Self::Draft(_)
            | Self::Rollout(_)
            | Self::Justification(_) => tab(),
            Self::SignedOut(_)
            | Self::Wanted
            | Self::Theme
            | Self::Shortcuts
            | Self::Alerts
            | Self::Pinned(_)
            | Self::Recent(_)
            | Self::RolloutRecord(_)
            | Self::RolloutSure(_)
            | Self::RolloutPlan(_)
            | Self::Template(_)
            | Self::Receipt(_) => window().local_storage().ok().flatten(),
        }
    }
}

/// The stored value, if any.
pub fn read(key: Key<'_>) -> Option<String> {
    key.area()?.get_item(&key.name()).ok().flatten()
}

/// Stores a value; returns whether that worked.
pub fn write(key: Key<'_>, value: &str) -> bool {
    key.area().is_some_and(|area| area.set_item(&key.name(), value).is_ok())
}

/// Forgets a value.
pub fn remove(key: Key<'_>) {
    if let Some(area) = key.area() {
        let _ = area.remove_item(&key.name());
    }
}

/// The values of all keys that begin like this one, each with the rest of its key.
pub fn all(key: Key<'_>) -> Vec<(String, String)> {
    let (Some(area), start) = (key.area(), key.name()) else { return Vec::new() };
    let names = (0..area.length().unwrap_or_default()).filter_map(|at| area.key(at).ok().flatten());
    let ours: Vec<String> = names.filter_map(|name| name.strip_prefix(&start).map(str::to_owned)).collect();
    ours.into_iter()
        .filter_map(|rest| {
            let value = area.get_item(&[start.as_str(), &rest].concat()).ok().flatten()?;
            Some((rest, value))
        })
        .collect()
}

/// How many characters the browser stores for this origin, names and values, of this app and others.
pub fn used() -> usize {
    let Some(area) = window().local_storage().ok().flatten() else { return 0 };
    let names = (0..area.length().unwrap_or_default()).filter_map(|at| area.key(at).ok().flatten());
    names.map(|name| name.len() + area.get_item(&name).ok().flatten().map_or(0, |value| value.len())).sum()
}

/// Reads a value and deletes it.
pub fn take(key: Key<'_>) -> Option<String> {
    let value = read(key);
    remove(key);
    value
}

/// Deletes everything the tab keeps, at sign-out.
pub fn clear_tab() {
    forget_in_tab(|_| true);
}

/// Deletes everything the tab keeps except what this person typed and has not sent.
pub fn clear_tab_but_typed(owner: &str) {
    let typed = [Key::Draft(owner), Key::Rollout(owner), Key::Justification(owner)].map(Key::name);
    forget_in_tab(|name| !typed.iter().any(|start| name.starts_with(start)));
}

fn forget_in_tab(goes: impl Fn(&str) -> bool) {
    let Some(area) = tab() else { return };
    let names = (0..area.length().unwrap_or_default()).filter_map(|at| area.key(at).ok().flatten());
    let gone: Vec<String> = names.filter(|name| name.starts_with(PREFIX) && goes(name)).collect();
    for name in gone {
        let _ = area.remove_item(&name);
    }
}

fn tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
