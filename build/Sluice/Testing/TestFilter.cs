namespace Sluice.Testing;

/// <summary>The filter that <c>dotnet test</c> is given.</summary>
internal static class TestFilter
{
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
