//! How long an activation may last, as hours and minutes.

use leptos::prelude::*;

use crate::policy::{Value, duration};
use crate::typed_duration::TypedDuration;
use crate::view::part::DurationField;

/// The control; for a row with several inputs. A stored text that is not a whole number of minutes stays until it is
/// changed.
#[component]
pub fn Length(
    /// A [`Value::Duration`].
    #[prop(into)]
    value: Signal<Option<Value>>,
    /// Another duration was typed.
    #[prop(into)]
    on_set: Callback<Value>,
) -> impl IntoView {
    let input =
        Memo::new(move |_| value.with(|value| duration::typed(value.as_ref()?.as_duration()?)).unwrap_or_default());
    let change = move |typed: TypedDuration| on_set.run(Value::Duration(duration::of_typed(&typed)));
    view! { <DurationField value=input on_change=change /> }.into_any()
}
