//! The receipt of a decision.

use leptos::prelude::*;

use crate::approval::Decision;
use crate::browser::locale;
use crate::state::approval::decisions::Case;
use crate::state::desk::Desk;
use crate::state::frame::clip::CopyText;
use crate::text;
use crate::view::approval::names::names_of;
use crate::view::part::{Button, ButtonKind, Glyph};

/// Who, what, when, why, and the IDs support asks for.
fn receipt(case: &Case) -> String {
    let names = untrack(|| names_of(&case.request));
    let account = Desk::current().account();
    let outcome = case.outcome().map_or_else(
        || text::approval::decision::sending(case.decision).to_owned(),
        |outcome| text::approval::decision::outcome(outcome, case.decision, &account.oid, locale::date_time),
    );
    let call = case.call.as_ref();
    let words = case.outcome().and_then(|outcome| outcome.on_record(&account.oid)).unwrap_or(&case.justification);
    text::approval::decision::receipt([
        text::approval::decision::button(case.decision).to_owned(),
        outcome,
        text::approval::effect(&case.request, Decision::Approve, &names, locale::date_time),
        names.username,
        words.to_owned(),
        account.username,
        locale::date_time(case.at_unix_ms),
        case.request.id.clone(),
        call.map(|call| call.call.clone()).unwrap_or_default(),
        call.map(|call| call.status.to_string()).unwrap_or_default(),
        call.and_then(|call| call.request_id.clone()).unwrap_or_default(),
        call.map(|call| call.client_request_id.clone()).unwrap_or_default(),
    ])
}

/// Copies the receipt.
#[component]
pub fn CopyReceipt(
    /// The decision.
    case: Case,
) -> impl IntoView {
    let text = receipt(&case);
    view! {
        <Button
            kind=ButtonKind::Plain
            glyph=Glyph::Copy
            on_press=move |()| CopyText::current().copy(&text, text::approval::decision::RECEIPT_COPIED)
        >
            {text::approval::decision::COPY_RECEIPT}
        </Button>
    }
    .into_any()
}
