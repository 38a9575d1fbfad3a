//! What a person sees: pages put together from parts. Names state and text, never the browser or Graph's wire format.

pub mod part;
