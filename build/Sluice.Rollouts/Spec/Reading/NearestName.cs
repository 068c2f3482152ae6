namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Finds the name that a person may have meant.</summary>
internal static class NearestName
{
    /// <summary>
    /// The known name with the fewest letters to insert, delete or replace, upper and lower case being the same; null when more than a
    /// third of the letters would have to change.
    /// </summary>
    public static string? Of(string written, IEnumerable<string> known)
    {
        var nearest = known
            .Select(name => (Name: name, Distance: Distance(written.ToUpperInvariant(), name.ToUpperInvariant())))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(1, Math.Max(written.Length, nearest.Name.Length) / 3)
            ? nearest.Name
            : null;
    }

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j - 1], row[j]) + 1);
            }
        }

        return row[^1];
    }
}
