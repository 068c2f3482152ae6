namespace Sluice.Tests.Compat;

/// <summary>
/// The public and protected surface of one type, in the form of <c>build/compat/official</c>: full names without nullability of
/// references, one line a member, and <c>= default</c> for every default value that is null or zero.
/// </summary>
/// <param name="Kind">What it is: <c>sealed class</c>, <c>readonly struct</c>, <c>interface</c> and so on.</param>
/// <param name="Name">The full name, with the type parameters.</param>
/// <param name="Base">The base class, where it is neither that of all objects nor that of all values.</param>
/// <param name="Interfaces">The interfaces that it declares; one that a base class brings counts only when declared again.</param>
/// <param name="Constraints">What the type parameters must be, as <c> where T : …</c>, or nothing.</param>
/// <param name="Members">A line for each constructor, field, property and method that the type declares.</param>
internal sealed record ApiType(
    string Kind, string Name, string? Base, IReadOnlyList<string> Interfaces, string Constraints, IReadOnlyList<string> Members);
