//! Who is signed in where, and the version.

use leptos::prelude::*;

use crate::browser::document;
use crate::state::context::provided;
use crate::state::desk::Desk;
use crate::state::frame::tenant_name::TenantName;
use crate::text;
use crate::view::part::{Fact, FactList, Notice, Tone};

/// The facts, and a warning if the computer's clock is far off.
#[component]
pub fn ThisSession() -> impl IntoView {
    let desk = Desk::current();
    let (session, account) = (desk.session(), desk.account());
    let tenant = provided::<TenantName>().0;
    let clock = session.token_age_ms().and_then(text::help::clock);
    let (cloud, client_id) = (session.config().cloud, session.config().client_id.clone());
    let facts = move || {
        [
            (text::help::VERSION, text::help::version(document::build().as_deref())),
            (text::help::ACCOUNT, [&account.name, ", ", &account.username].concat()),
            (text::help::ACCOUNT_ID, account.oid.to_string()),
            (text::help::TENANT, tenant.get()),
            (text::help::TENANT_ID, account.tid.to_string()),
            (text::help::CLOUD, text::help::cloud(cloud).to_owned()),
            (text::help::CLIENT_ID, client_id.to_string()),
        ]
        .map(|(name, value)| Fact { name: name.to_owned(), value })
        .to_vec()
    };
    view! {
        <section>
            <h2>{text::help::SESSION}</h2>
            {clock
                .map(|title| view! { <Notice tone=Tone::Warn title>{text::help::CLOCK_HELP}</Notice> })}
            {move || view! { <FactList facts=facts() /> }}
        </section>
    }
    .into_any()
}
