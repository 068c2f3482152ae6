using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Collects everything that is wrong, so that a person learns of all of it in one go.</summary>
internal sealed class Mistakes
{
    private readonly List<SpecMistake> _mistakes = [];

    /// <summary>Whether anything is wrong so far.</summary>
    public bool Any => _mistakes.Count > 0;

    /// <summary>Notes a mistake.</summary>
    public void Add(Place place, string message) =>
        _mistakes.Add(new SpecMistake(place.Shown, place.Line, place.Column, message));

    /// <summary>All mistakes, file by file in the order in which the files were read, and by line in each.</summary>
    public ImmutableArray<SpecMistake> ToImmutableArray() =>
    [
        .. _mistakes
            .Distinct()
            .GroupBy(mistake => mistake.File)
            .SelectMany(file => file.OrderBy(mistake => mistake.Line ?? 0).ThenBy(mistake => mistake.Column ?? 0)),
    ];
}
