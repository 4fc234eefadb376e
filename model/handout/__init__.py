"""Forms that colleagues fill in: what was handed out, and what comes back beside what stands here now.

`parcel` is a form on its way, `merge` holds three states of it against each other: 发出时, 我现在, 同事;
`take_back` puts in what is sure or was chosen.
"""
