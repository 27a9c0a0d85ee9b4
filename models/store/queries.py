"""SQL that reading and writing share."""

#: The edit that undo (True) or redo (False) takes next; only edits that changed something can be undone.
NEXT_EDIT = {
    True: "SELECT id, label FROM edit WHERE plan_id = :plan AND undone = 0 "
    "AND EXISTS (SELECT 1 FROM change WHERE edit_id = edit.id) ORDER BY id DESC LIMIT 1",
    False: "SELECT id, label FROM edit WHERE plan_id = :plan AND undone = 1 ORDER BY id LIMIT 1",
}

#: The last edit of plan ``p`` that is not undone, one that undo does not reach any more too. Each of the two is the
#: end of a run of the index, whatever the history's length.
LAST_EDIT = (
    "max(coalesce((SELECT max(id) FROM edit WHERE plan_id = p.id AND undone = 0), 0), "
    "coalesce((SELECT max(id) FROM edit WHERE plan_id = p.id AND undone = 2), 0))"
)
