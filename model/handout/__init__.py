"""Forms that colleagues fill in: what was handed out, and what comes back beside what stands here now."""
