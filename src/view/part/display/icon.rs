//! Line icons on a 16 by 16 grid, drawn in the text color.

use leptos::prelude::*;

/// The available icons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// Plus: add an entry.
    Add,
    /// Triangle with a mark: attention, weakens security.
    Alert,
    /// Arrow to the right, between before and after.
    Arrow,
    /// Tray: approvals.
    Approvals,
    /// Braces: Graph's raw rule.
    Braces,
    /// List of edits: changes.
    Changes,
    /// Tick: done, verified.
    Check,
    /// Small triangle pointing down: opens something.
    Chevron,
    /// Clock: waiting, expires.
    Clock,
    /// Cross: remove, close.
    Close,
    /// Two sheets: copy.
    Copy,
    /// Arrow out of a box: opens elsewhere.
    External,
    /// Two people: groups.
    Groups,
    /// Question mark in a circle.
    Help,
    /// Letter i in a circle.
    Info,
    /// Grid: the matrix.
    Matrix,
    /// Person: account.
    Person,
    /// Pin.
    Pin,
    /// Circular arrow: check again.
    Refresh,
    /// Shield: Entra roles.
    Roles,
    /// Magnifier.
    Search,
    /// Door with an arrow: sign out.
    SignOut,
    /// Arrow back: undo, reset.
    Undo,
}

impl Glyph {
    const fn path(self) -> &'static str {
        match self {
            Self::Add => "M8 3v10M3 8h10",
            Self::Alert => "M8 2 1.8 13.2h12.4zM8 6.5v3.2M8 11.4v.3",
            Self::Arrow => "M2.5 8h11M9.5 4l4 4-4 4",
            Self::Approvals => "M2 9.5 4 3h8l2 6.5V13H2zM2 9.5h3.5L6.5 11h3l1-1.5H14",
            Self::Braces => {
                "M6 2.5H5A1.5 1.5 0 0 0 3.5 4v2.5L2 8l1.5 1.5V12A1.5 1.5 0 0 0 5 13.5h1M10 2.5h1A1.5 1.5 0 0 1 12.5 4v2.5L14 8l-1.5 1.5V12a1.5 1.5 0 0 1-1.5 1.5h-1"
            }
            Self::Changes => "M2.5 4h11M2.5 8h6M2.5 12h4M9 13l.4-2L13 7.4l1.6 1.6L11 12.6z",
            Self::Check => "m3 8.5 3.3 3.3L13 4.8",
            Self::Chevron => "m4 6 4 4 4-4",
            Self::Clock => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.8V8l2.2 1.6",
            Self::Close => "m3.8 3.8 8.4 8.4M12.2 3.8l-8.4 8.4",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::External => "M9.5 2.5h4v4M13.5 2.5 8 8M7 3.5H2.5v10h10V9",
            Self::Groups => {
                "M6 7.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6zM1.8 13.2c0-2.5 1.7-4 4.2-4s4.2 1.5 4.2 4M10.6 3.2a2.2 2.2 0 0 1 0 4.2M11.6 9.4c1.6.4 2.6 1.8 2.6 3.8"
            }
            Self::Help => {
                "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM6.2 6.3c.1-1 .9-1.6 1.8-1.6s1.8.6 1.8 1.6C9.8 7.5 8 7.6 8 9M8 11.1v.2"
            }
            Self::Info => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.3v3.6M8 4.9v.2",
            Self::Matrix => "M2.5 2.5h11v11h-11zM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11M9.8 2.5v11",
            Self::Person => "M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8zM3 13.5c0-2.6 2-4 5-4s5 1.4 5 4",
            Self::Pin => "M6 2.5h4l-.5 4 2.5 2.7H4l2.5-2.7zM8 9.2v4.5",
            Self::Refresh => "M13 8a5 5 0 1 1-1.6-3.7M13.2 2v2.8h-2.8",
            Self::Roles => {
                "M8 1.8 2.8 3.7v3.8c0 3.2 2.1 5.5 5.2 6.7 3.1-1.2 5.2-3.5 5.2-6.7V3.7zM5.6 7.9l1.8 1.8 3.2-3.4"
            }
            Self::Search => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.4 3.4",
            Self::SignOut => "M6.5 2.5h-4v11h4M6.5 8h7M10.5 5l3 3-3 3",
            Self::Undo => "M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M5.8 3.5l-3 3 3 3",
        }
    }
}

/// An icon beside a word; hidden from screen readers.
#[component]
pub fn Icon(
    /// Which icon.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=glyph.path()></path>
        </svg>
    }
    .into_any()
}
