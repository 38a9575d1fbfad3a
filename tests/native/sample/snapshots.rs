//! Snapshots of one policy, and what their files say of who saved them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use pim_desk::policy::Policy;
use pim_desk::snapshot::{Snapshot, SnapshotPolicy};
use pim_desk::text::paper::Gaps;
use pim_desk::text::report::About;

const TENANT: &str = "5a1e0000-0000-4000-8000-000000000001";

/// A complete snapshot of it.
pub fn snapshot(policy: Policy) -> Snapshot {
    Snapshot {
        tenant: TENANT.parse().unwrap(),
        taken_at: "2026-11-27T10:00:00Z".into(),
        taken_by: None,
        whole: Vec::new(),
        complete: true,
        not_read: Vec::new(),
        people: BTreeMap::new(),
        policies: vec![SnapshotPolicy { policy, name: String::new() }],
    }
}

/// Saved by Ana, unfiltered, and nothing is missing.
pub fn about() -> About {
    About {
        tenant: TENANT.parse().unwrap(),
        by: "Ana".into(),
        at: String::new(),
        only: String::new(),
        read_at: String::new(),
        gaps: Gaps::default(),
    }
}
