/** Every document that FORMATS prints, in its order of keys: what must parse, and what other tests start from. */
export const FORMATS_DOCUMENTS: ReadonlyArray<{ kind: string; id: string } & Record<string, unknown>> = [
  {
    kind: "workflow",
    schema: 1,
    id: "annual-review",
    title: "Annual review",
    subject: "person",
    key: ["subject", "period"],
    onMove: "majority",
    parameters: {
      selfReviewDays: {
        title: "Days for the self review",
        type: "workingDays",
        default: 10,
        min: 3,
        max: 30,
      },
    },
    data: {
      rating: {
        type: "number",
        min: 1,
        max: 5,
        visibility: {
          audience: ["manager-chain", "hr-partner", "subject"],
          subjectAfter: "released",
        },
      },
    },
    start: "self-review",
    steps: {
      "self-review": {
        kind: "form",
        title: "Self review",
        form: "self-review",
        actor: {
          relation: "subject",
        },
        deadline: {
          after: {
            parameter: "selfReviewDays",
          },
          policy: "escalate",
          escalation: "late-review",
        },
        on: {
          submitted: "manager-review",
        },
      },
      "manager-review": {
        kind: "form",
        title: "Manager review",
        form: "manager-review",
        actor: {
          relation: "manager",
        },
        on: {
          submitted: {
            to: "outlier",
            set: {
              rating: {
                fact: "step.manager-review.rating",
              },
            },
          },
        },
      },
      outlier: {
        kind: "decision",
        title: "Outlier?",
        rules: "rating-outlier",
        on: {
          outlier: "calibrate",
          otherwise: "release",
          "not-evaluated": "calibrate",
        },
      },
      calibrate: {
        kind: "calibration",
        title: "Calibration",
        shared: {
          key: ["subject.unit.region", "period"],
        },
        form: "calibration",
        actor: {
          role: "hr-partner",
        },
        on: {
          agreed: "release",
        },
      },
      release: {
        kind: "record",
        title: "Release",
        release: ["rating"],
        write: [
          {
            to: "person.rating",
            value: {
              fact: "case.rating",
            },
          },
        ],
        on: {
          done: "acknowledge",
        },
      },
      acknowledge: {
        kind: "approval",
        title: "Acknowledge",
        actor: {
          relation: "subject",
        },
        outcomes: ["acknowledged", "disputed"],
        on: {
          acknowledged: "closed",
          disputed: {
            to: "manager-review",
            maxVisits: 2,
          },
        },
      },
      closed: {
        kind: "end",
        title: "Closed",
        outcome: "completed",
        result: {
          rating: {
            fact: "case.rating",
          },
        },
      },
    },
    layout: {
      "self-review": {
        x: 0,
        y: 0,
      },
    },
  },
  {
    kind: "escalation",
    schema: 1,
    id: "complaint-unresolved",
    title: "Unresolved complaint",
    subject: "complaint",
    trigger: {
      on: "record.created",
    },
    uses: ["customer-care"],
    clocks: {
      acknowledge: {
        calendar: "customer-care",
      },
      resolve: {
        from: {
          fact: "complaint.complainedAt",
        },
        pause: ["waiting-on-customer"],
        stop: ["complaint.resolved"],
      },
    },
    levels: [
      {
        id: "team",
        title: "Technical assistance",
        clock: "acknowledge",
        after: {
          hours: 0,
        },
        notify: [
          {
            queue: "technical-assistance",
          },
        ],
        via: ["inbox"],
      },
      {
        id: "lead",
        title: "Team lead",
        clock: "acknowledge",
        after: {
          workingDays: 1,
        },
        notify: [
          {
            unitRole: "head",
            level: "team",
          },
        ],
        via: ["inbox", "email"],
      },
      {
        id: "doorstep",
        title: "Doorstep service",
        clock: "resolve",
        after: {
          parameter: "resolveDays",
        },
        start: {
          workflow: "doorstep-visit",
        },
        notify: [
          {
            unitRole: "head",
            level: "region",
          },
        ],
      },
    ],
    repeat: {
      times: 1,
      every: {
        workingDays: 3,
      },
    },
    fallback: {
      role: "hr-admin",
    },
    maxAge: {
      days: 90,
    },
  },
  {
    kind: "ruleset",
    schema: 1,
    id: "rating-outlier",
    title: "Rating outlier",
    missing: "not-evaluated",
    facts: {
      "case.rating": {
        type: "number",
      },
      metric: {
        type: "object",
      },
    },
    rules: [
      {
        name: "far from results",
        priority: 2,
        conditions: {
          all: [
            {
              fact: "case.rating",
              operator: "greaterThanInclusive",
              value: 4,
            },
            {
              fact: "metric",
              params: {
                id: "sales",
                of: "$subject",
                window: "$period",
              },
              path: "$.attainment",
              operator: "lessThan",
              value: {
                fact: "parameter.lowAttainment",
              },
            },
          ],
        },
        event: {
          type: "outlier",
          params: {
            reason: "high rating, low attainment",
          },
        },
      },
    ],
  },
  {
    kind: "plan",
    schema: 1,
    id: "sales-quarter",
    title: "Quarterly sales bonus",
    currency: "USD",
    period: "quarter",
    basis: "attainment",
    eligible: {
      all: [
        {
          fact: "person.role",
          operator: "equal",
          value: "sales",
        },
      ],
    },
    targetIncentive: {
      shareOf: "salary",
      value: "0.20",
    },
    components: [
      {
        id: "units",
        title: "Laptops sold",
        weight: "0.7",
        measure: "laptops-sold",
        credit: {
          to: "individual",
        },
        curve: {
          kind: "linear",
          points: [
            ["0.8", "0.5"],
            ["1", "1"],
            ["1.2", "1.5"],
          ],
          below: "zero",
          above: "flat",
        },
        gate: {
          when: {
            all: [
              {
                fact: "metric",
                params: {
                  id: "gross-margin",
                  of: "$subject",
                  window: "$period",
                },
                path: "$.value",
                operator: "greaterThanInclusive",
                value: 0.25,
              },
            ],
          },
          else: "0",
        },
      },
      {
        id: "retention",
        title: "Customer retention",
        weight: "0.3",
        measure: "customer-retention",
        credit: {
          to: "teams",
          weights: "assignment",
        },
        curve: {
          kind: "linear",
          points: [
            ["0.9", "0"],
            ["1", "1"],
          ],
        },
      },
    ],
    modifiers: [
      {
        rules: "nps-modifier",
        factor: "$.factor",
        floor: "0.5",
        ceiling: "1.2",
      },
    ],
    cap: {
      per: "plan",
      value: "2",
    },
    holdback: {
      share: "0.2",
      release: {
        after: {
          days: 90,
        },
      },
    },
    windfall: {
      above: "1.8",
    },
    rounding: "half-even",
  },
  {
    kind: "form",
    schema: 1,
    id: "manager-review",
    title: "Manager review",
    scale: {
      labels: ["Below", "Partly", "Meets", "Exceeds", "Outstanding"],
      values: [1, 2, 3, 4, 5],
    },
    sections: [
      {
        id: "results",
        title: "Results",
        weight: "0.6",
        questions: [
          {
            id: "sales",
            type: "rating",
            title: "Sales against target",
            shows: {
              metric: "sales",
              of: "$subject",
            },
            required: true,
          },
          {
            id: "why",
            type: "text",
            title: "What explains it?",
            requiredWhen: {
              all: [
                {
                  fact: "answer.sales",
                  operator: "lessThanInclusive",
                  value: 2,
                },
              ],
            },
          },
        ],
      },
    ],
    score: {
      kind: "weighted-mean",
      missing: "renormalise",
    },
    permissions: {
      manager: "write",
      subject: {
        before: "none",
        "after:released": "read",
      },
      "hr-partner": "read",
    },
  },
  {
    kind: "metric",
    schema: 1,
    id: "laptops-sold",
    title: "Laptops sold",
    unit: "count",
    scale: 0,
    direction: "higher",
    nature: "lagging",
    perspective: "customer",
    owner: {
      role: "sales-operations",
    },
    steward: {
      role: "sales-steward",
    },
    grain: "month",
    aggregate: "sum",
    levels: {
      threshold: "0.8",
      target: "1",
      stretch: "1.2",
    },
    refresh: {
      every: "FREQ=MONTHLY",
      staleAfter: {
        workingDays: 5,
      },
    },
    quality: {
      missing: "block",
      outlier: {
        sigma: 3,
        then: "flag",
      },
    },
    sunset: null,
  },
  {
    kind: "calendar",
    schema: 1,
    id: "de-by",
    title: "Bavaria",
    timeZone: "Europe/Berlin",
    week: {
      mon: ["09:00", "17:00"],
      tue: ["09:00", "17:00"],
      wed: ["09:00", "17:00"],
      thu: ["09:00", "17:00"],
      fri: ["09:00", "17:00"],
      sat: [],
      sun: [],
    },
    holidays: {
      country: "DE",
      state: "BY",
    },
    extra: ["2026-12-24"],
    blackouts: [],
  },
  {
    kind: "cadence",
    schema: 1,
    id: "monthly-assessment",
    title: "Monthly assessment",
    starts: {
      workflow: "sales-assessment",
    },
    every: "FREQ=MONTHLY;BYMONTHDAY=1",
    population: {
      all: [
        {
          fact: "person.role",
          operator: "equal",
          value: "sales",
        },
      ],
    },
    period: "previous-month",
    missed: "latest",
  },
  {
    kind: "cadence",
    schema: 1,
    id: "probation",
    title: "Probation",
    starts: {
      workflow: "probation-review",
    },
    anchor: {
      fact: "person.hireDate",
      plus: {
        months: 3,
      },
    },
  },
  {
    kind: "record-type",
    schema: 1,
    id: "complaint",
    title: "Complaint",
    fields: {
      customer: {
        type: "text",
      },
      product: {
        type: "text",
      },
      category: {
        type: "choice",
        of: ["compatibility", "installation", "other"],
      },
      complainedAt: {
        type: "date-time",
      },
      about: {
        type: "person",
      },
      resolvedAt: {
        type: "date-time",
      },
    },
  },
  {
    kind: "scorecard",
    schema: 1,
    id: "balanced",
    title: "Balanced scorecard",
    perspectives: ["financial", "customer", "process", "learning"],
    metrics: ["laptops-sold", "customer-retention"],
    limit: 12,
  },
  {
    kind: "parameters",
    schema: 1,
    id: "customer-care",
    title: "Customer care thresholds",
    values: {
      resolveDays: {
        title: "Days until doorstep service",
        type: "days",
        default: 15,
        min: 1,
        max: 60,
        owner: {
          role: "hr-admin",
        },
      },
    },
  },
  {
    kind: "escalation",
    schema: 1,
    id: "kpi-breach",
    title: "Sales below target",
    subject: "metric",
    parameters: {
      breach: {
        title: "Breach",
        type: "percent",
        default: -0.1,
      },
      severeBreach: {
        title: "Severe breach",
        type: "percent",
        default: -0.25,
      },
    },
    trigger: {
      metric: "laptops-sold",
      rule: "sales-breach",
      tiers: [
        {
          below: {
            parameter: "breach",
          },
          startAt: "region",
        },
        {
          below: {
            parameter: "severeBreach",
          },
          startAt: "global",
        },
      ],
      pending: 2,
      clear: -0.05,
      cooldown: {
        days: 7,
      },
      shared: {
        key: ["subject.region"],
        within: {
          minutes: 15,
        },
      },
    },
    levels: [
      {
        id: "location",
        title: "Location",
        after: {
          hours: 0,
        },
        notify: [
          {
            unitRole: "head",
            level: "location",
          },
        ],
      },
      {
        id: "region",
        title: "Region",
        after: {
          workingDays: 2,
        },
        notify: [
          {
            unitRole: "head",
            level: "region",
          },
        ],
      },
      {
        id: "global",
        title: "Global",
        after: {
          workingDays: 4,
        },
        notify: [
          {
            role: "hr-admin",
          },
        ],
      },
    ],
    fallback: {
      role: "hr-admin",
    },
  },
  {
    kind: "plan",
    schema: 1,
    id: "deal-commission",
    title: "Commission on gross margin",
    currency: "USD",
    period: "month",
    basis: "transaction",
    transaction: "deal",
    amount: "$.grossMargin",
    rate: {
      by: "$.marginShare",
      kind: "whole-amount",
      bands: [
        {
          below: "0.10",
          rate: "0",
        },
        {
          below: "0.25",
          rate: "0.04",
        },
        {
          rate: "0.07",
        },
      ],
    },
    credit: {
      splits: "$.credits",
    },
    order: ["date", "id"],
    clawback: {
      on: "customer-lost",
      schedule: [
        {
          within: {
            days: 60,
          },
          share: "0.5",
        },
        {
          within: {
            days: 180,
          },
          share: "0.25",
        },
      ],
      limit: {
        perPeriod: "0.5",
      },
    },
  },
];
