//! The templates that this browser stores for the tenant, and those that the team hosts beside the page.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::lasting::lasting;
use crate::browser::storage::{self, Key};
use crate::browser::{event, http};
use crate::template::{Hosted, Origin, Taken, Template, add, free_key, hosted, place};

/// How long to wait for the team's file, ms.
const TIMEOUT_MS: u32 = 10_000;

/// The templates.
#[derive(Clone, Copy)]
pub struct TemplatesState {
    tenant: StoredValue<String>,
    /// This browser's, by name.
    pub own: RwSignal<Vec<Template>>,
    /// The team's.
    pub hosted: RwSignal<Hosted>,
    /// How many stored templates could not be parsed; they are left as they are.
    pub unreadable: RwSignal<usize>,
    /// Keys of those that the browser refused to store: they live as long as the page.
    pub not_kept: RwSignal<Vec<String>>,
    /// The template that was deleted last.
    pub removed: RwSignal<Option<Template>>,
}

impl TemplatesState {
    /// What this browser stored; follows what other tabs store.
    fn new() -> Self {
        let desk = Desk::current();
        let state = Self {
            tenant: StoredValue::new([desk.account().tid.as_str(), "."].concat()),
            own: RwSignal::default(),
            // A file that the configuration does not announce is not requested.
            hosted: RwSignal::new(if desk.session().config().templates { Hosted::NotAsked } else { Hosted::None }),
            unreadable: RwSignal::new(0),
            not_kept: RwSignal::default(),
            removed: RwSignal::new(None),
        };
        state.load();
        let listening = StoredValue::new_local(event::on_storage_change(move || state.load()));
        on_cleanup(move || listening.dispose());
        state
    }

    /// The page's templates.
    pub fn current() -> Self {
        lasting(Self::new)
    }

    fn load(self) {
        let Some(stored) = self.tenant.try_with_value(|tenant| storage::all(Key::Template(tenant))) else { return };
        let count = stored.len();
        let mut list: Vec<Template> =
            stored.iter().filter_map(|(key, text)| Template::from_kept(text).filter(|one| one.key == *key)).collect();
        self.unreadable.try_set(count - list.len());
        // What the browser refused to store is not lost when another tab stores something else.
        let unkept = self.not_kept.try_get_untracked().unwrap_or_default();
        let here = self.own.try_get_untracked().unwrap_or_default();
        for template in here.into_iter().filter(|one| unkept.contains(&one.key)) {
            list.retain(|known| known.key != template.key);
            list.push(template);
        }
        in_order(&mut list);
        self.own.try_set(list);
    }

    /// Reads the team's file, unless that was already done.
    pub fn want_hosted(self) {
        if self.hosted.with_untracked(|hosted| *hosted == Hosted::NotAsked) {
            self.read_hosted();
        }
    }

    /// Reads the team's file.
    pub fn read_hosted(self) {
        self.hosted.set(Hosted::Reading);
        spawn_local(async move {
            let answer = http::read_beside(hosted::NAME, TIMEOUT_MS).await;
            self.hosted.try_set(Hosted::from_answer(answer));
        });
    }

    /// A template by its key in addresses and references; views follow it. Requests the team's file if it is one of the
    /// team's.
    pub fn get(self, called: &str) -> Option<Template> {
        let (origin, key) = place(called);
        let find = |list: &[Template]| list.iter().find(|template| template.key == key).cloned();
        match origin {
            Origin::Own => self.own.with(|own| find(own)),
            Origin::Team => {
                self.want_hosted();
                self.hosted.with(|hosted| find(hosted.templates()))
            }
        }
    }

    /// Stores a template in place of its earlier form.
    pub fn keep(self, template: Template) {
        self.write(&template);
        self.own.update(|own| {
            own.retain(|known| known.key != template.key);
            own.push(template);
            in_order(own);
        });
    }

    fn write(self, template: &Template) {
        let key = self.tenant.with_value(|tenant| [tenant.as_str(), &template.key].concat());
        let text = template.kept();
        let kept = !text.is_empty() && storage::write(Key::Template(&key), &text);
        self.not_kept.update(|list| {
            list.retain(|other| *other != template.key);
            if !kept {
                list.push(template.key.clone());
            }
        });
    }

    /// The keys under which this browser stores something, readable or not.
    fn kept_keys(self) -> Vec<String> {
        let stored = self.tenant.with_value(|tenant| storage::all(Key::Template(tenant)));
        stored.into_iter().map(|(key, _)| key).collect()
    }

    /// Stores a new template under a free key; returns the key.
    pub fn create(self, mut template: Template) -> String {
        template.key = self.own.with_untracked(|own| free_key(&template.name, own, &self.kept_keys()));
        let key = template.key.clone();
        self.keep(template);
        key
    }

    /// Changes a template.
    pub fn change(self, key: &str, change: impl FnOnce(&mut Template)) {
        let found = self.own.with_untracked(|own| own.iter().find(|template| template.key == key).cloned());
        if let Some(mut template) = found {
            change(&mut template);
            self.keep(template);
        }
    }

    /// Deletes a template; [`put_back`](Self::put_back) brings it back.
    pub fn remove(self, template: Template) {
        let key = self.tenant.with_value(|tenant| [tenant.as_str(), &template.key].concat());
        storage::remove(Key::Template(&key));
        self.not_kept.update(|list| list.retain(|other| *other != template.key));
        self.own.update(|own| own.retain(|known| known.key != template.key));
        self.removed.set(Some(template));
    }

    /// Restores the template that was deleted last.
    pub fn put_back(self) {
        if let Some(template) = self.removed.try_update(Option::take).flatten() {
            self.take_in(vec![template]);
        }
    }

    /// Adds templates, none in place of another.
    pub fn take_in(self, templates: Vec<Template>) -> Taken {
        let mut own = self.own.get_untracked();
        let before = own.len();
        let taken = add(&mut own, templates, &self.kept_keys());
        for template in own.split_off(before) {
            self.keep(template);
        }
        taken
    }
}

fn in_order(list: &mut Vec<Template>) {
    let by = |template: &Template| (template.name.to_lowercase(), template.key.clone());
    crate::order::sort_by(list, |left, right| by(left).cmp(&by(right)));
}
