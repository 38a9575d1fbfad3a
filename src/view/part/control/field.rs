//! How a control is connected to its label, help and error.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A document-wide unique element ID that starts with `prefix`.
pub(in crate::view::part) fn unique_id(prefix: &str) -> String {
    [prefix, &NEXT.fetch_add(1, Ordering::Relaxed).to_string()].concat()
}

/// What a [`SettingRow`](crate::view::part::SettingRow) passes to the control inside it.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    base: StoredValue<String>,
    invalid: Signal<bool>,
}

impl Field {
    /// A new set of IDs; `invalid` says whether the error text is shown.
    pub fn new(invalid: Signal<bool>) -> Self {
        Self { base: StoredValue::new(unique_id("f")), invalid }
    }

    /// The field of the row that a control is in, or a new one for a control on its own.
    pub fn current() -> Self {
        use_context().unwrap_or_else(|| Self::new(Signal::default()))
    }

    fn id(self, suffix: &str) -> String {
        self.base.with_value(|base| [base, suffix].concat())
    }

    /// ID of the control.
    pub fn control_id(self) -> String {
        self.id("c")
    }

    /// ID of the label.
    pub fn label_id(self) -> String {
        self.id("l")
    }

    /// ID of the help text.
    pub fn help_id(self) -> String {
        self.id("h")
    }

    /// ID of the error text.
    pub fn error_id(self) -> String {
        self.id("e")
    }

    /// ID of the reason why the control is disabled.
    pub fn reason_id(self) -> String {
        self.id("r")
    }

    /// Value for `aria-describedby`: help, error and reason; all three elements exist whenever this is used in a row.
    pub fn described_by(self) -> String {
        [self.help_id(), self.error_id(), self.reason_id()].join(" ")
    }

    /// Value for `aria-invalid`.
    pub fn invalid(self) -> Option<&'static str> {
        self.invalid.get().then_some("true")
    }
}
