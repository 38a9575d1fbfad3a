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
    in_row: bool,
}

impl Field {
    /// A new set of IDs; `invalid` says whether the error text is shown.
    pub fn new(invalid: Signal<bool>) -> Self {
        Self { base: StoredValue::new(unique_id("f")), invalid, in_row: false }
    }

    /// The IDs of a setting row, which also shows what a change weakens, and a remark.
    pub fn of_row(invalid: Signal<bool>) -> Self {
        Self { in_row: true, ..Self::new(invalid) }
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

    /// ID of what the change weakens.
    pub fn weakens_id(self) -> String {
        self.id("w")
    }

    /// ID of the remark.
    pub fn remark_id(self) -> String {
        self.id("n")
    }

    /// Value for `aria-describedby`: help, error and reason, in a row also what is weakened and the remark. In a row
    /// all of these elements exist, with or without text.
    pub fn described_by(self) -> String {
        let own = [self.help_id(), self.error_id(), self.reason_id()].join(" ");
        if self.in_row { [own, self.weakens_id(), self.remark_id()].join(" ") } else { own }
    }

    /// Value for `aria-invalid`.
    pub fn invalid(self) -> Option<&'static str> {
        self.invalid.get().then_some("true")
    }
}
