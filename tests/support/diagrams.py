"""Pictures of tables of steps, as the documents show them."""


def drawn(steps, *, ends):
    """``{(before, after): reasons}`` as a Mermaid state diagram; what is new comes from no state."""
    lines = ["stateDiagram-v2"]
    for (before, after), reasons in steps.items():
        begin = before.value if before else "[*]"
        why = ", ".join(sorted(reason.value for reason in reasons))
        lines.append(f"    {begin} --> {after.value}: {why}")
    return "\n".join([*lines, *(f"    {state.value} --> [*]" for state in ends)])
