//! The settings for how new requests are announced.

use leptos::prelude::*;

use super::roles::RoleChoice;
use crate::browser::notify;
use crate::state::approval::inbox::InboxState;
use crate::text;
use crate::view::part::Checkbox;

/// The settings, collapsed at first.
#[component]
pub fn AlertSettings() -> impl IntoView {
    let alerts = InboxState::current().alerts;
    let missing = Signal::stored((!notify::exists()).then(|| text::approval::alert::DESKTOP_MISSING.to_owned()));
    view! {
        <details class="details alerts">
            <summary>{text::approval::alert::TITLE}</summary>
            <div class="alert-choices">
                <RoleChoice />
                <Checkbox
                    checked=alerts.desktop
                    on_change=move |on| alerts.switch_desktop(on)
                    label=text::approval::alert::DESKTOP.to_owned()
                    disabled_reason=missing
                />
                <p class="help">{text::approval::alert::DESKTOP_HELP}</p>
                <Show when=move || alerts.refused.get()>
                    <p class="warn-line" role="alert">{text::approval::alert::DESKTOP_REFUSED}</p>
                </Show>
                <Checkbox
                    checked=alerts.sound
                    on_change=move |on| alerts.switch_sound(on)
                    label=text::approval::alert::SOUND.to_owned()
                />
                <p class="help">{text::approval::alert::HELP}</p>
            </div>
        </details>
    }
    .into_any()
}
