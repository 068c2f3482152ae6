namespace Cake.Frosting;

/// <summary>Describes a task in one line, for <c>--description</c>.</summary>
/// <param name="description">The description.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskDescriptionAttribute(string description) : Attribute
{
    /// <summary>Gets the description.</summary>
    public string Description { get; } = description;
}
