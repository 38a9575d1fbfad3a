//! The page's entry point. On a native target there is nothing to run.

fn main() {}
