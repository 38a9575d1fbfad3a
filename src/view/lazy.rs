//! Pages that are loaded when they are opened. The build takes what only they use out of the program
//! (`scripts/wasm-tools/wasm-bindgen`); the start script fetches it when it is idle.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

use crate::browser::page;
use crate::state::frame::heading::name_view;
use crate::text;
use crate::view::part::{Button, ButtonKind, Notice, PageHeader, Skeleton, SkeletonShape, Tone};

/// Fetches a part of the program; completes at once if it is already loaded.
pub type Load = fn() -> Pin<Box<dyn Future<Output = Result<(), SplitLoaderError>>>>;

/// Builds a page; `None` if its part of the program is not loaded.
pub type Build = Box<dyn Fn() -> Option<AnyView> + Send>;

/// A page, and how to load the part of the program that contains it.
pub struct Page {
    load: Load,
    build: Build,
}

impl Page {
    /// A page in a part; written by `lazy_page!`.
    pub fn lazy(load: Load, build: Build) -> Self {
        Self { load, build }
    }

    /// Fetches the page's part ahead of time. Whether that worked shows when the page is shown.
    pub async fn fetch_ahead(self) {
        let _ = (self.load)().await;
    }

    /// The page once its part is loaded; until then a placeholder, and a message if it cannot be loaded.
    pub fn show(self) -> AnyView {
        let waits = || view! { <Skeleton shape=SkeletonShape::Table /> }.into_any();
        self.show_or(waits, |again| view! { <MissingPart on_retry=again /> }.into_any())
    }

    /// For less than a page: nothing until its part is loaded, and a notice if it cannot be.
    pub fn show_in_place(self, missing: &'static str) -> AnyView {
        self.show_or(
            || ().into_any(),
            move |again| {
                view! {
                    <Notice
                        tone=Tone::Warn
                        title=missing
                        actions=move || view! { <Button on_press=again>{text::page::TRY_AGAIN}</Button> }
                    >
                        {text::page::PART_MISSING_TEXT}
                    </Notice>
                }
                .into_any()
            },
        )
    }

    fn show_or(self, waits: fn() -> AnyView, missing: impl Fn(Callback<()>) -> AnyView + Send + 'static) -> AnyView {
        let Self { load, build } = self;
        let part = RwSignal::new(PartState::Awaited);
        let fetch = move || {
            part.set(PartState::Awaited);
            spawn_local(async move {
                let end = load().await;
                part.try_set(if end.is_ok() { PartState::Here } else { PartState::Missing });
            });
        };
        fetch();
        let again = Callback::new(move |()| fetch());
        let missing = move || missing(again);
        (move || match part.get() {
            PartState::Awaited => waits(),
            PartState::Here => build().unwrap_or_else(&missing),
            PartState::Missing => missing(),
        })
        .into_any()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PartState {
    Awaited,
    Here,
    Missing,
}

/// Says that a page could not be fetched.
#[component]
fn MissingPart(
    /// Fetches it again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let heading = Signal::stored(text::page::PART_MISSING.to_owned());
    name_view(heading, heading);
    view! {
        <PageHeader title=heading />
        <div class="form" role="alert">
            <p>{text::page::PART_MISSING_TEXT}</p>
            <p class="actions">
                <Button kind=ButtonKind::Primary on_press=move |()| page::reload()>{text::set_up::RELOAD}</Button>
                <Button on_press=on_retry>{text::page::TRY_AGAIN}</Button>
            </p>
        </div>
    }
    .into_any()
}

/// A page whose code is loaded when it is opened: the part of the program that contains it, a unique name, the page.
/// Pages of one part are in one file; what several parts use is in shared files.
macro_rules! lazy_page {
    ($part:ident, $name:ident($($given:ident: $kind:ty),*) => $page:expr) => {{
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split, preload(load), fallible)]
        fn $name($($given: $kind),*) -> Result<AnyView, leptos::wasm_split::SplitLoaderError> {
            Ok($page.into_any())
        }
        $crate::view::lazy::Page::lazy(
            || Box::pin(load()),
            Box::new(move || futures_util::FutureExt::now_or_never($name($($given.clone()),*))?.ok()),
        )
    }};
}
pub(crate) use lazy_page;

/// Work whose code is in a part of the program: the part, a unique name, the argument, the work. Expands to a future
/// that fetches the part and does the work, or fails if the part cannot be loaded.
macro_rules! lazy_work {
    ($part:ident, $name:ident($($given:ident: $kind:ty),*) => $work:expr) => {{
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split, fallible)]
        fn $name($($given: $kind),*) -> Result<(), leptos::wasm_split::SplitLoaderError> {
            $work;
            Ok(())
        }
        $name($($given),*)
    }};
}
pub(crate) use lazy_work;
