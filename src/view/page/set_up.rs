//! `config.json` is missing or invalid: what to do, and the address to register.

use leptos::prelude::*;

use crate::auth::extras::Extra;
use crate::auth::scope::Scope;
use crate::config::ConfigError;
use crate::state::frame::clip::CopyText;
use crate::text;
use crate::view::part::{Button, Dotted, Frame, Notice, PageHeader, Tone};

/// The set-up page.
#[component]
pub fn SetUpPage(
    /// What is wrong.
    error: ConfigError,
    /// The redirect address to register.
    redirect_uri: String,
) -> impl IntoView {
    crate::browser::document::set_title(text::set_up::TITLE);
    let copied = redirect_uri.clone();
    let example = text::set_up::EXAMPLE;
    view! {
        <Frame product=text::page::PRODUCT home="#/">
            <PageHeader title=text::set_up::TITLE />
            <div class="form set-up">
                <Notice tone=Tone::Warn title=text::set_up::NOT_READY>{text::set_up::fault(&error)}</Notice>
                <ol class="steps">
                    <li>
                        <h2>{text::set_up::REGISTER}</h2>
                        <p>{text::set_up::REGISTER_HELP}</p>
                        <pre class="json" tabindex="0" translate="no">{redirect_uri}</pre>
                        <Button on_press=move |()| CopyText::current().copy(&copied, text::page::ADDRESS_COPIED)>
                            {text::page::COPY_REDIRECT}
                        </Button>
                        <p class="help">{text::set_up::REGISTER_EXACT}</p>
                    </li>
                    <li>
                        <h2>{text::set_up::PERMISSIONS}</h2>
                        <p>{text::set_up::PERMISSIONS_HELP}</p>
                        {permissions(&Scope::SIGN_IN)}
                        <p>{text::set_up::WRITE_PERMISSIONS_HELP}</p>
                        {permissions(&[Scope::PolicyWrite, Scope::AssignmentScheduleWrite])}
                        <p>{text::set_up::CHECK_PERMISSIONS_HELP}</p>
                        {permissions(Extra::Checks.scopes())}
                        <p>{text::set_up::ROLE_PERMISSIONS_HELP}</p>
                        {permissions(&Scope::ALL.into_iter().filter(|scope| scope.is_for_roles()).collect::<Vec<_>>())}
                    </li>
                    <li>
                        <h2>{text::set_up::FILE}</h2>
                        <p>{text::set_up::FILE_HELP}</p>
                        <pre class="json" tabindex="0" translate="no">{example}</pre>
                        <Button on_press=move |()| CopyText::current().copy(example, text::set_up::FILE_COPIED)>
                            {text::set_up::COPY_FILE}
                        </Button>
                    </li>
                </ol>
                <p class="actions">
                    <Button on_press=move |()| crate::browser::page::reload()>{text::set_up::RELOAD}</Button>
                </p>
            </div>
        </Frame>
    }
}

/// Permissions.
fn permissions(scopes: &[Scope]) -> AnyView {
    let items = scopes.iter().map(|scope| view! { <li><Dotted text=scope.name().to_owned() /></li> }).collect_view();
    view! { <ul class="permissions" translate="no">{items}</ul> }.into_any()
}
