using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Faults;

/// <summary>All that goes wrong in one rollout.</summary>
/// <param name="OnTheWay">What happens to single calls, between the client and the service.</param>
/// <param name="InTheService">The service's own rules, as it reads them; null for none.</param>
/// <param name="Seed">Decides what chance decides in the service.</param>
/// <param name="GoodAnswers">How many requests the candidate answers well before it turns bad; null for all.</param>
internal sealed record FaultSchedule(IReadOnlyDictionary<Call, Fault> OnTheWay, JsonObject? InTheService, int Seed, int? GoodAnswers)
{
    private const int FewestFaults = 2;
    private const int MostFaults = 8;

    /// <summary>Enough for nearly all calls of one kind. What is drawn beyond a rollout's last one does not happen.</summary>
    private const int MostOccurrences = 30;

    /// <summary>Within what signatures and leases allow.</summary>
    private const int MostSeconds = 120;

    /// <summary>Enough for the smoke tests of two runs: a candidate that fails them gets no traffic that it could lose.</summary>
    private const int FewestGoodAnswers = 4;

    /// <summary>A rollout asks the candidate more than this, so it turns bad before the end.</summary>
    private const int MostGoodAnswers = 15;

    /// <summary>Nothing goes wrong.</summary>
    public static FaultSchedule Nothing { get; } = new(new Dictionary<Call, Fault>(), null, 0, null);

    /// <summary>One fault at one call.</summary>
    public static FaultSchedule Of(Fault fault, Call call) => Nothing with { OnTheWay = new Dictionary<Call, Fault> { [call] = fault } };

    /// <summary>
    /// Draws several faults, of all kinds. The same seed gives the same ones: how often a rollout polls depends on the machine, so only
    /// the kinds of its calls count, not their number.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="calls">The calls of an undisturbed rollout.</param>
    public static FaultSchedule Drawn(int seed, IReadOnlyList<Call> calls)
    {
        var random = new Random(seed);
        var kinds = calls
            .DistinctBy(call => (call.Method, call.Path))
            .Select(call => call with { Occurrence = MostOccurrences })
            .OrderBy(call => $"{call}", StringComparer.Ordinal)
            .ToList();
        var onTheWay = new Dictionary<Call, Fault>();
        var rules = new JsonArray();
        var service = new JsonObject();
        for (var left = random.Next(FewestFaults, MostFaults + 1); left > 0; left--)
        {
            switch (random.Next(10))
            {
                case < 5:
                    var fault = Pick(random, Fault.All);
                    onTheWay[Pick(random, [.. kinds.Where(fault.AppliesTo)]) with { Occurrence = Occurrence(random) }] = fault;
                    break;
                case 5:
                    rules.Add(Paced(random, RequestRule(random)));
                    break;
                case 6:
                    rules.Add(OperationRule(random));
                    break;
                case 7:
                    rules.Add(DiskRule(random));
                    break;
                case 8:
                    service["budgets"] = Budgets(random);
                    break;
                default:
                    service["clockSkew"] = Seconds(random.Next(-MostSeconds, MostSeconds + 1));
                    break;
            }
        }

        service["rules"] = rules;
        return new FaultSchedule(onTheWay, service, seed, random.Next(4) == 0 ? random.Next(FewestGoodAnswers, MostGoodAnswers + 1) : null);
    }

    public override string ToString() => string.Join(
        "; ",
        OnTheWay.Select(each => $"{each.Value} at {each.Key}")
            .Append($"in the service {InTheService?.ToJsonString() ?? "nothing"}")
            .Append(GoodAnswers is { } good ? $"the candidate turns bad after {good} answers" : "a good candidate"));

    private static JsonObject RequestRule(Random random)
    {
        var rule = new JsonObject
        {
            ["surface"] = Pick(random, ["arm", "arm", "blob", "scoring"]),
        };
        if (random.Next(2) == 0)
        {
            rule["method"] = Pick(random, ["GET", "PUT", "POST"]);
        }

        switch (random.Next(5))
        {
            case 0:
                rule["answer"] = new JsonObject
                {
                    ["status"] = Pick(random, [429, 500, 502, 503, 504]),
                    ["moment"] = Moment(random),
                    ["retryAfter"] = Seconds(random.Next(3)),
                };
                break;
            case 1:
                rule["reset"] = new JsonObject { ["moment"] = Moment(random) };
                break;
            case 2:
                rule["delay"] = new JsonObject { ["time"] = "PT0.05S", ["moment"] = Moment(random) };
                break;
            case 3:
                rule["truncate"] = new JsonObject { ["share"] = Math.Round(random.NextDouble() * 0.9, 2) };
                break;
            default:
                rule["stale"] = new JsonObject();
                break;
        }

        return rule;
    }

    /// <summary>An operation of the endpoint or a deployment fails, is shown otherwise, or ends too late to be waited for.</summary>
    private static JsonObject OperationRule(Random random)
    {
        var end = Pick(random, ["fails", "showsFailed", "showsSucceeded", "hangs"]);
        var operation = new JsonObject { ["end"] = end };
        if (end == "hangs")
        {
            operation["delay"] = "PT4S";
        }

        // An endpoint whose creation has failed can only be deleted, which is a person's to decide: only later writes to it end badly.
        var (path, spared) = Pick(
            random,
            [("*/onlineEndpoints/heart-classifier", random.Next(1, 4)), ("*/deployments/default", 0), ("*/deployments/green-2", 0)]);
        return new JsonObject
        {
            ["method"] = "PUT",
            ["path"] = path,
            ["after"] = spared,
            ["times"] = 1,
            ["operation"] = operation,
        };
    }

    private static JsonObject DiskRule(Random random) => new()
    {
        ["after"] = random.Next(60),
        ["times"] = random.Next(1, 4),
        ["disk"] = new JsonObject { ["state"] = "full", ["area"] = Pick(random, ["blobs", "state"]) },
    };

    private static JsonObject Budgets(Random random) => new()
    {
        ["reads"] = new JsonObject { ["size"] = random.Next(10, 40), ["perSecond"] = 50 },
        ["writes"] = new JsonObject { ["size"] = random.Next(3, 10), ["perSecond"] = 20 },
    };

    private static JsonObject Paced(Random random, JsonObject rule)
    {
        rule["after"] = random.Next(30);
        rule["times"] = random.Next(1, 6);
        rule["probability"] = Math.Round(0.1 + (random.NextDouble() * 0.9), 2);
        return rule;
    }

    /// <summary>The first one half of the time: many calls are made only once.</summary>
    private static int Occurrence(Random random) => random.Next(2) == 0 ? 1 : random.Next(2, MostOccurrences + 1);

    private static string Moment(Random random) => Pick(random, ["before", "after"]);

    private static string Seconds(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{(count < 0 ? "-" : "")}PT{Math.Abs(count)}S");

    private static T Pick<T>(Random random, IReadOnlyList<T> among) => among[random.Next(among.Count)];
}
