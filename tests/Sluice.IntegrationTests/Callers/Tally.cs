namespace Sluice.IntegrationTests.Callers;

/// <summary>What became of the requests of one caller, or of all.</summary>
/// <param name="Caller">Whose.</param>
/// <param name="Requests">All requests; one that was repeated counts once.</param>
/// <param name="Failed">Those that did not get what they wanted, repeated or not.</param>
/// <param name="WrongDeployment">
/// Those that were answered by a deployment that had no traffic, or by another one than they asked for.
/// </param>
/// <param name="Repeated">Those that were repeated because their key was refused.</param>
/// <param name="Pinned">Those that asked for a deployment.</param>
/// <param name="PinnedToNone">Those of them that asked for one that did not exist, and were told so.</param>
/// <param name="BySplit">How many of the others each deployment answered.</param>
/// <param name="Examples">A few of those that failed or were answered by a wrong deployment.</param>
internal sealed record Tally(
    string Caller,
    int Requests,
    int Failed,
    int WrongDeployment,
    int Repeated,
    int Pinned,
    int PinnedToNone,
    IReadOnlyDictionary<string, int> BySplit,
    IReadOnlyList<CallerAnswer> Examples)
{
    private const int MostExamples = 10;

    /// <summary>Counts answers, each judged.</summary>
    public static Tally Of(string caller, IReadOnlyCollection<CallerAnswer> answers, Judge judge)
    {
        var findings = answers.ToLookup(judge.Of);
        var pinned = answers.Where(answer => answer.Pinned is not null).ToList();
        return new Tally(
            caller,
            answers.Count,
            findings[Finding.Failed].Count(),
            findings[Finding.WrongDeployment].Count(),
            answers.Count(answer => answer.Refused is not null),
            pinned.Count,
            pinned.Count(answer => answer.Status == 404),
            answers.Where(answer => answer is { Pinned: null, Deployment: not null })
                .CountBy(answer => answer.Deployment!)
                .ToDictionary(StringComparer.Ordinal),
            [.. findings[Finding.Failed].Concat(findings[Finding.WrongDeployment]).Take(MostExamples)]);
    }

    /// <summary>The line that is printed.</summary>
    public override string ToString()
    {
        var split = BySplit.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key} {each.Value}");
        return $"{Caller}: {Requests} requests, {Failed} failed, {WrongDeployment} answered by a wrong deployment, "
            + $"{Repeated} repeated after 401, {Pinned} pinned ({PinnedToNone} of them to a deployment that did not exist); "
            + $"by split: {string.Join(", ", split)}";
    }
}
