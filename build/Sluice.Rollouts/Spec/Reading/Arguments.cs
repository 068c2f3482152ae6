namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Makes arguments of values that are null when they are not given.</summary>
internal static class Arguments
{
    /// <summary>An argument with a value of its own type.</summary>
    public static Argument<T> Of<T>(string name, T? value)
        where T : struct => new(name, value.HasValue, value.GetValueOrDefault());

    /// <summary>An argument with a text.</summary>
    public static Argument<string> Of(string name, string? value) => new(name, value is not null, value ?? "");
}
