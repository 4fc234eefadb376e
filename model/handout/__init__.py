"""Forms that colleagues fill in: what was handed out, and what comes back beside what stands here now.

`merge` holds three states of a form against each other: 发出时, 我现在, 同事.
"""
