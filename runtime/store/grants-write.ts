import type { RoleGrant } from "#engine/organisation/model.ts";
import type { Statement } from "../db/client.ts";
import { insertVersions, type Stamp, supersede } from "../db/versioned.ts";
import { TABLES } from "./organisation-tables.ts";

/** Statements that give roles (or change when an equal grant ends). */
export function grantsStatements(grants: readonly RoleGrant[], stamp: Stamp): Statement[] {
  if (grants.length === 0) return [];
  return [
    supersede(
      TABLES.grants,
      grants.map((grant) => [grant.person, grant.role, grant.unit, grant.validFrom]),
      stamp,
    ),
    insertVersions(
      TABLES.grants,
      grants.map((grant) => [grant.person, grant.role, grant.unit, grant.validFrom, grant.validTo]),
      stamp,
    ),
  ];
}
