"""Write docs/schemas, what `cpcli lint --schema KIND` prints: python tools/schemas.py

tests/procedures/test_schema.py fails where a file there is not what this would write.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
FOLDER = TOP / "docs" / "schemas"

if __name__ == "__main__":
    sys.path.insert(0, str(TOP / "src"))
    from cpcli.procedures.schema import SCHEMAS, schema

    FOLDER.mkdir(exist_ok=True)
    for kind in SCHEMAS:
        text = json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"
        (FOLDER / f"{kind}.schema.json").write_text(text, encoding="utf-8")
