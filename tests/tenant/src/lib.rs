//! An emulated Microsoft Entra tenant.
