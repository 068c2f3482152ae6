using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>A path that a file or an argument names.</summary>
/// <param name="Absolute">The absolute path.</param>
/// <param name="NamedAt">Where it is named.</param>
internal sealed record FilePath(string Absolute, Place NamedAt)
{
    /// <summary>What is wrong with a path behind which there is nothing; one that was written on Windows means nothing elsewhere.</summary>
    public string Missing =>
        Path.DirectorySeparatorChar == '/' && Absolute.Contains('\\', StringComparison.Ordinal) && Path.Exists(Absolute.Replace('\\', '/'))
            ? @"does not exist, but with / instead of \ it does"
            : "does not exist";

    /// <summary>Makes a path absolute, see <see cref="Place.Folder"/>; null for none and after a mistake.</summary>
    public static FilePath? From(Field<string>? field) => field is { IsGood: true }
        ? new FilePath(Path.GetFullPath(field.Value, field.Place.Folder), field.Place)
        : null;
}
