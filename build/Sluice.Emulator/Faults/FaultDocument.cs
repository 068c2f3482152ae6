using System.Text.Json.Nodes;
using System.Xml;
using Sluice.Emulator.Arm;

namespace Sluice.Emulator.Faults;

/// <summary>The faults in force as JSON, with what they have done so far.</summary>
internal static class FaultDocument
{
    /// <summary>A plan.</summary>
    public static JsonObject Of(FaultPlan plan, int seed)
    {
        var document = new JsonObject
        {
            ["seed"] = seed,
            ["clockSkew"] = XmlConvert.ToString(plan.Settings.ClockSkew),
        };
        if (plan is { Settings.Budgets: { } limits, Budgets: { } budgets })
        {
            document["budgets"] = new JsonObject
            {
                ["reads"] = Of(limits.Reads),
                ["writes"] = Of(limits.Writes),
                ["deletes"] = Of(limits.Deletes),
                ["refused"] = budgets.Refused,
            };
        }

        document["rules"] = new JsonArray([.. plan.Rules.Select(Of)]);
        document["happened"] = new JsonArray([.. plan.Happenings.Select(Of)]);
        return document;
    }

    private static JsonObject Of(BucketLimit limit) => new() { ["size"] = limit.Size, ["perSecond"] = limit.PerSecond };

    private static JsonObject Of(ArmedRule armed)
    {
        var rule = ArmJson.Object(armed.Rule.Written);
        (rule["met"], rule["happened"]) = armed.Counts;
        return rule;
    }

    private static JsonObject Of(FaultHappening happening) => new()
    {
        ["at"] = WireTime.Zulu(happening.At),
        ["rule"] = happening.Rule,
        ["text"] = happening.Text,
    };
}
