//! "Copy settings from…": the source, which settings, into the unsaved changes of this policy.

mod preview;

use leptos::prelude::*;
use leptos::task::spawn_local;

use self::preview::Preview;
use crate::desk::policies::{self, NoPolicy};
use crate::graph::Error;
use crate::policy::{Carry, Policy, Setting, Subject, carry};
use crate::state::desk::Desk;
use crate::state::directory::names::Names;
use crate::state::frame::notice::Notices;
use crate::state::policy::editor::Editor;
use crate::text;
use crate::view::dialog_wait::DialogWait;
use crate::view::part::{Button, ButtonKind, Dialog, EmptyState, Skeleton, SkeletonShape};
use crate::view::problem::AccessTrouble;
use crate::view::subject_picker::{Named, SubjectPicker};

/// The result of reading the source.
type Read = Result<Result<Policy, NoPolicy>, Error>;

/// The choice of a source and of its settings.
#[derive(Clone, Copy)]
struct Copying {
    editor: Editor,
    desk: Desk,
    names: Names,
    source: RwSignal<Option<Named>>,
    read: RwSignal<Option<Read>>,
    /// How the source relates to this policy; `None` before it is read.
    carry: Memo<Option<Carry>>,
    /// The selected settings.
    picked: RwSignal<Vec<Setting>>,
}

impl Copying {
    fn new(editor: Editor) -> Self {
        let read = RwSignal::new(None::<Read>);
        let carry = Memo::new(move |_| {
            read.with(|read| match read {
                Some(Ok(Ok(from))) => editor.policy.with(|onto| editor.edits(|draft| Some(carry(from, onto, draft)))),
                _ => None,
            })
        });
        Self {
            editor,
            desk: Desk::current(),
            names: Names::current(),
            source: RwSignal::new(None),
            read,
            carry,
            picked: RwSignal::default(),
        }
    }

    fn choose(self, source: Option<Named>) {
        self.read.set(None);
        self.picked.set(Vec::new());
        self.source.set(source);
        self.load();
    }

    /// Reads the chosen source; an answer for another one is dropped.
    fn load(self) {
        let Some(source) = self.source.get_untracked() else { return };
        self.read.set(None);
        let client = self.desk.client();
        spawn_local(async move {
            let read = policies::read(&client, &source.subject).await;
            if self.source.try_get_untracked().flatten().as_ref() != Some(&source) {
                return;
            }
            if let Ok(Ok(policy)) = &read {
                self.names.look_up_approvers([policy]);
            }
            self.read.try_set(Some(read));
            let proposed = self.carry.try_get_untracked().flatten().map(|carry| carry.proposed());
            self.picked.try_set(proposed.unwrap_or_default());
        });
    }

    fn take(self) -> Option<String> {
        let (carry, source) = (self.carry.get_untracked()?, self.source.get_untracked()?);
        let picked = self.picked.get_untracked();
        self.editor.take(&carry, &picked);
        Some(text::policy::carry::taken(picked.len(), &source.name))
    }
}

/// The dialog.
#[component]
pub fn CopyDialog(
    /// The target policy.
    editor: Editor,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The target policy's name.
    subject: Signal<String>,
    /// The name of the group or role.
    name: Signal<String>,
) -> impl IntoView {
    let copying = Copying::new(editor);
    let notices = Notices::current();
    let title = Signal::derive(move || subject.with(|subject| text::policy::carry::title(subject)));
    Effect::new(move |_| {
        if open.get() {
            copying.choose(None);
        }
    });
    let take = move |()| {
        open.set(false);
        if let Some(words) = copying.take() {
            notices.tell(words);
        }
    };
    let blocked = Signal::derive(move || {
        let is_read = copying.carry.with(Option::is_some);
        let reason = if is_read { text::policy::carry::NOTHING_PICKED } else { text::policy::carry::CHOOSE_FIRST };
        copying.picked.with(Vec::is_empty).then(|| reason.to_owned())
    });
    view! {
        <Dialog
            open
            title
            on_close=Callback::new(move |()| open.set(false))
            wide=true
            footer=move || {
                view! {
                    <Button on_press=move |()| open.set(false)>{text::policy::carry::CANCEL}</Button>
                    <Button kind=ButtonKind::Primary disabled_reason=blocked on_press=take>
                        {move || text::policy::carry::take(copying.picked.with(Vec::len))}
                    </Button>
                }
            }
        >
            <p class="help">{text::policy::carry::HELP}</p>
            <DialogWait />
            {move || match copying.source.get() {
                None => view! { <Choose copying name /> }.into_any(),
                Some(source) => view! { <Chosen copying source /> }.into_any(),
            }}
        </Dialog>
    }
    .into_any()
}

/// The search for a source, with the other policy of the same page as a suggestion.
#[component]
fn Choose(
    /// The choice.
    copying: Copying,
    /// The name of the group or role.
    name: Signal<String>,
) -> impl IntoView {
    let here = copying.editor.subject();
    let siblings: Vec<AnyView> = here
        .of_page()
        .into_iter()
        .filter(|subject| *subject != here)
        .map(|subject: Subject| {
            let subject = StoredValue::new(subject);
            let called = move || name.with(|name| subject.with_value(|subject| text::subject::called(subject, name)));
            let choose = move |()| copying.choose(Some(Named { name: untrack(called), subject: subject.get_value() }));
            view! { <Button on_press=choose>{called}</Button> }.into_any()
        })
        .collect();
    view! {
        <div class="copy-source">
            {siblings}
            <SubjectPicker
                label=text::policy::carry::SOURCE
                without=Some(here)
                on_pick=move |named| copying.choose(Some(named))
            />
        </div>
    }
    .into_any()
}

/// The chosen source: its settings, or why there are none.
#[component]
fn Chosen(
    /// The choice.
    copying: Copying,
    /// The source.
    source: Named,
) -> impl IntoView {
    let doing = text::subject::reading(&source.subject);
    let again = Callback::new(move |()| copying.load());
    let content = move || match copying.read.get() {
        None => view! { <Skeleton shape=SkeletonShape::Settings rows=4 /> }.into_any(),
        Some(Err(error)) => view! { <AccessTrouble error doing on_retry=again /> }.into_any(),
        Some(Ok(Err(none))) => view! { <EmptyState text=text::policy::save::no_policy(none) /> }.into_any(),
        Some(Ok(Ok(_))) => view! { <Preview carry=copying.carry picked=copying.picked /> }.into_any(),
    };
    view! {
        <div class="copy-source">
            <p class="copy-name user-text">{text::policy::carry::from(&source.name)}</p>
            <Button on_press=move |()| copying.choose(None)>{text::policy::carry::ANOTHER}</Button>
        </div>
        {content}
    }
    .into_any()
}
