namespace Sluice.Testing;

/// <summary>The filter that <c>dotnet test</c> is given.</summary>
internal static class TestFilter
{
    /// <summary>Why a run is no success although no test has failed: none was run. Null when there were some.</summary>
    /// <param name="parameters">What chose the tests.</param>
    /// <param name="counts">What became of them.</param>
    public static string? Obstacle(Parameters parameters, TestCounts counts) => !counts.AreNone ? null
        : Of(parameters) is { } filter ? $"No test was run, for none matches {filter}."
        : "No test was run.";

    /// <summary>Both conditions of the command line together; null when there is none.</summary>
    public static string? Of(Parameters parameters)
    {
        var category = parameters.Category is { } wanted ? $"TestCategory={wanted}" : null;
        return (category, parameters.TestFilter) switch
        {
            (null, var filter) => filter,
            (_, null) => category,
            (_, { } filter) => $"({category})&({filter})",
        };
    }
}
