#include "rules/code.h"

/* HBP 2.93(a)(II): none of these, alone or together, makes goods of imported inputs Indian. */

static const struct code operations_rows[] = {
	{ "i",
	    "Simple operations: removal of dust, sifting or screening, sorting, classifying, "
	    "matching (including making up sets of articles), washing, painting, cutting", NULL },
	{ "ii", "Changes of packing; breaking up and assembly of consignments", NULL },
	{ "iii",
	    "Simple cutting, slicing and repacking, or placing in bottles, flasks, bags or "
	    "boxes; fixing on cards or boards; all other simple packing", NULL },
	{ "iv",
	    "Preserving goods in good condition during transport and storage: drying, "
	    "freezing, keeping in brine, ventilation, spreading out, chilling, placing in "
	    "salt, sulphur dioxide or other aqueous solutions, removing damaged parts, and "
	    "like operations", NULL },
	{ "v",
	    "Affixing marks, labels or other distinguishing signs on products or their "
	    "packaging", NULL },
	{ "vi", "Simple mixing of products", NULL },
	{ "vii", "Simple assembly of parts into a complete product", NULL },
	{ "viii", "Disassembly", NULL },
	{ "ix", "Slaughter, meaning the mere killing of animals", NULL },
	{ "x",
	    "Mere dilution with water or another substance that does not materially change "
	    "the characteristics of the product", NULL },
};

const struct code_list operations = { operations_rows, COUNT(operations_rows) };
