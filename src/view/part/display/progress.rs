//! Long work: a list with a state for every step.

use leptos::prelude::*;

use crate::view::part::{Glyph, Icon, Tone};

/// The state of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Waits for the steps before it.
    Queued,
    /// The policy is being read, before or after its save.
    Reading,
    /// On its way.
    Sending,
    /// The service asked to wait; it continues by itself.
    Paused,
    /// The service accepted it; not read back yet.
    Accepted,
    /// Read back and as wanted.
    Verified,
    /// Accepted, but the old value is still read.
    NotVisibleYet,
    /// The service refused it.
    Failed,
    /// The answer was lost; the outcome is unknown.
    Unknown,
    /// Left out because of a failure before it.
    NotAttempted,
    /// Looked up later: it was not saved.
    NotSaved,
}

impl StepState {
    /// The state as text.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Reading => "reading",
            Self::Sending => "sending",
            Self::Paused => "paused",
            Self::Accepted => "accepted",
            Self::Verified => "verified",
            Self::NotVisibleYet => "not visible yet",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::NotAttempted => "not attempted",
            Self::NotSaved => "not saved",
        }
    }

    const fn look(self) -> (Glyph, Tone) {
        match self {
            Self::Queued => (Glyph::Clock, Tone::Neutral),
            Self::Reading => (Glyph::Clock, Tone::Info),
            Self::Sending => (Glyph::Arrow, Tone::Info),
            Self::Accepted => (Glyph::Check, Tone::Info),
            Self::Verified => (Glyph::Check, Tone::Ok),
            Self::Paused | Self::NotVisibleYet => (Glyph::Clock, Tone::Warn),
            Self::Failed => (Glyph::Close, Tone::Danger),
            Self::Unknown => (Glyph::Help, Tone::Warn),
            Self::NotAttempted | Self::NotSaved => (Glyph::Close, Tone::Neutral),
        }
    }
}

/// The steps, in the order in which they are done.
#[component]
pub fn ProgressList(
    /// Accessible name.
    #[prop(into)]
    label: String,
    /// [`ProgressRow`]s.
    children: Children,
) -> impl IntoView {
    view! {
        <ol class="progress-list" aria-label=label>
            {children()}
        </ol>
    }
    .into_any()
}

/// One step.
#[component]
pub fn ProgressRow(
    /// What is done.
    #[prop(into)]
    label: Signal<String>,
    /// Its state.
    #[prop(into)]
    state: Signal<StepState>,
    /// When, or why not; may be empty.
    #[prop(optional, into)]
    detail: Signal<String>,
    /// More below the line: before and after, an error's details.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let icon = move || view! { <Icon glyph=state.get().look().0 /> };
    let class = move || ["step ", state.get().look().1.class()].concat();
    view! {
        <li class=class>
            <span class="step-state">
                {icon}
                {move || state.get().word()}
            </span>
            <span class="step-label">{label}</span>
            <span class="step-detail">{detail}</span>
            {children.map(|children| view! { <div class="step-more">{children()}</div> })}
        </li>
    }
    .into_any()
}
