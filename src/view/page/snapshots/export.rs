//! The policies of a snapshot for other tools: of the open one, or of the one just taken.

use leptos::prelude::*;

use crate::export::{Export, Form, many};
use crate::snapshot::{Snapshot, settings_table, to_file};
use crate::state::desk::Desk;
use crate::state::directory::names::Names;
use crate::state::snapshots::{OpenFile, SnapshotState};
use crate::text;
use crate::text::snapshots::People;
use crate::view::file::{Kind, offer};
use crate::view::part::Button;

/// A button for each form.
#[component]
pub fn ExportPart(
    /// The page's snapshots.
    state: SnapshotState,
    /// Whether it is the one just taken.
    #[prop(optional)]
    taken: bool,
) -> impl IntoView {
    // With or without the names of people.
    let with = move |write: &dyn Fn(&Snapshot, bool)| {
        if taken {
            return state.taking.taken.with_untracked(|taken| {
                if let Some((snapshot, naming)) = taken {
                    write(snapshot, naming.people);
                }
            });
        }
        state.file.with_untracked(|file| {
            if let OpenFile::Snapshot(_, snapshot) = file {
                write(snapshot, true);
            }
        });
    };
    let id = if taken { "snapshot-export-taken" } else { "snapshot-export" };
    let cloud = Desk::current().session().config().cloud;
    let forms: Vec<AnyView> = many::FORMS
        .into_iter()
        .map(|form| {
            let press = move |()| {
                with(&|snapshot, _| {
                    let one = |kept: &crate::snapshot::SnapshotPolicy| {
                        Export::whole(&kept.policy, &kept.name, cloud, &snapshot.tenant)
                    };
                    let exports: Vec<Export> = snapshot.policies.iter().map(one).collect();
                    let text = many::text(&exports, form, &text::snapshots::facts(snapshot));
                    offer(file_name(form), Kind::Text, &text);
                });
            };
            view! { <Button on_press=press>{form.label()}</Button> }.into_any()
        })
        .collect();
    let table = move |()| {
        let known = untrack(|| Names::current().known());
        with(&|snapshot, named| {
            let people = People::of_file(&snapshot.people, &known).if_named(named);
            offer("pim-desk-policies.csv", Kind::Csv, &text::snapshots::as_table(snapshot, &people));
        });
    };
    let settings = move |()| {
        with(&|snapshot, _| {
            offer("pim-desk-settings.csv", Kind::Csv, &settings_table(snapshot));
        });
    };
    let json = move |()| {
        with(&|snapshot, _| {
            offer(&snapshot.file_name(), Kind::Json, &to_file(snapshot));
        });
    };
    view! {
        <section class="snapshot-export" aria-labelledby=id>
            <h2 id=id>{if taken { text::snapshots::EXPORT_TAKEN } else { text::snapshots::EXPORT }}</h2>
            <div class="actions">
                <Button on_press=table>{text::snapshots::TABLE}</Button>
                <Button on_press=settings>{text::snapshots::SETTINGS_TABLE}</Button>
                <Button on_press=json>{text::policy::export::JSON}</Button>
                {forms}
            </div>
        </section>
    }
    .into_any()
}

const fn file_name(form: Form) -> &'static str {
    match form {
        Form::Http => "pim-desk-policies.http",
        Form::PowerShell => "pim-desk-policies.ps1",
        Form::Python => "pim-desk-policies.py",
        Form::Terraform => "pim-desk-policies.tf",
        Form::Json => "pim-desk-policies.json",
    }
}
