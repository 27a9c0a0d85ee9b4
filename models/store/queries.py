"""SQL that reading and writing share."""

#: The edit that undo (True) or redo (False) takes next; only edits that changed something can be undone.
NEXT_EDIT = {
    True: "SELECT id, label FROM edit WHERE plan_id = :plan AND undone = 0 "
    "AND EXISTS (SELECT 1 FROM change WHERE edit_id = edit.id) ORDER BY id DESC LIMIT 1",
    False: "SELECT id, label FROM edit WHERE plan_id = :plan AND undone = 1 ORDER BY id LIMIT 1",
}
