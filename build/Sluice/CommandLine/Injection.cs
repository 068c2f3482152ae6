using System.Globalization;
using System.Xml;
using Newtonsoft.Json.Linq;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.CommandLine;

/// <summary>What a candidate is made worse by, to see whether the rollout notices: <c>errors=0.1,slow=3</c>.</summary>
internal sealed record Injection
{
    private const double MostSlow = 100;

    private static readonly string[] Names = ["errors", "slow", "wrong", "drift", "fail-after"];

    /// <summary>The share of requests that fail once the candidate has traffic, above 0, at most 1.</summary>
    public double? Errors { get; private init; }

    /// <summary>How many times as long as usual scoring takes once the candidate has traffic, above 1, at most 100.</summary>
    public double? Slow { get; private init; }

    /// <summary>The share of rows with another label and a mirrored score, above 0, at most 1.</summary>
    public double? Wrong { get; private init; }

    /// <summary>What is added to each probability, -1 to 1, not 0.</summary>
    public double? Drift { get; private init; }

    /// <summary>How long after its first traffic every request fails.</summary>
    public TimeSpan? FailAfter { get; private init; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="refusal">What is allowed, part by part, when it is something else; null when it is fine.</param>
    /// <returns>Null when it is something else.</returns>
    public static Injection? Read(string text, out string? refusal)
    {
        var injection = new Injection();
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var refusals = new List<string?>();
        foreach (var part in text.Split(',').Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries)))
        {
            var (name, value) = (part[0], part.ElementAtOrDefault(1));
            var isKnown = Names.Contains(name, StringComparer.OrdinalIgnoreCase);
            refusals.Add(
                !isKnown && NearestName.Of(name, Names) is { } nearest ? $"{nearest} instead of {name}"
                : value is null || !isKnown
                    ? $"{string.Join(", ", Names)}, each with its value and commas between, for example errors=0.1,slow=3"
                : named.Add(name) ? injection.Take(name, value, out injection) : $"{name} once");
        }

        refusal = string.Join("; ", refusals.OfType<string>()) is { Length: > 0 } told ? told : null;
        return refusal is null ? injection : null;
    }

    /// <summary>The faults of the local Azure ML that do it.</summary>
    /// <param name="deployment">The candidate's deployment.</param>
    /// <param name="faults">The faults that there are already, as the document that the local Azure ML takes; null for none.</param>
    /// <returns>The document with all of them.</returns>
    public string AddTo(string? faults, string deployment)
    {
        var document = faults is null ? [] : JObject.Parse(faults);
        var rules = document["rules"] as JArray ?? [];

        // What has no traffic yet is tested as if it were good, as it is with the faults that only traffic brings out.
        Add(FailAfter is { } wait ? new("fail", new JObject { ["afterTraffic"] = XmlConvert.ToString(wait) }) : null);
        Add(Errors is not null ? new("fail", OnceInTraffic()) : null, Errors);
        Add(Slow is { } factor ? new("slow", new JObject(OnceInTraffic()) { ["factor"] = factor }) : null);
        Add(Wrong is { } share ? new("wrong", new JObject { ["share"] = share }) : null);
        Add(Drift is { } by ? new("drift", new JObject { ["by"] = by }) : null);
        document["rules"] = rules;
        return document.ToString(Newtonsoft.Json.Formatting.None);

        void Add(JProperty? fault, double? probability = null)
        {
            if (fault is null)
            {
                return;
            }

            var rule = new JObject { ["deployment"] = deployment };
            if (probability is not null)
            {
                rule["probability"] = probability;
            }

            rule.Add(fault);
            rules.Add(rule);
        }

        static JObject OnceInTraffic() => new() { ["afterTraffic"] = XmlConvert.ToString(TimeSpan.Zero) };
    }

    private string? Take(string name, string value, out Injection taken)
    {
        taken = this;
        if (name.Equals(Names[^1], StringComparison.OrdinalIgnoreCase))
        {
            taken = this with { FailAfter = Duration.TryParse(value, out var time) ? time : null };
            return taken.FailAfter is null ? $"in {name} {Duration.Allowed}" : null;
        }

        var number = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) ? read : double.NaN;
        string? refusal;
        (taken, refusal) = name.ToLowerInvariant() switch
        {
            "errors" => (this with { Errors = number }, number is > 0 and <= 1 ? null : "a number above 0, at most 1"),
            "slow" => (this with { Slow = number }, number is > 1 and <= MostSlow ? null : $"a number above 1, at most {MostSlow:0}"),
            "wrong" => (this with { Wrong = number }, number is > 0 and <= 1 ? null : "a number above 0, at most 1"),
            _ => (this with { Drift = number }, number is (>= -1 and < 0) or (> 0 and <= 1) ? null : "a number from -1 to 1, not 0"),
        };
        return refusal is null ? null : $"in {name} {refusal}";
    }
}
