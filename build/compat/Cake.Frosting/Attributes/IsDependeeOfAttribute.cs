namespace Cake.Frosting;

/// <summary>Makes the task run before another one, seen from the task that runs first. Inherited by derived tasks.</summary>
/// <param name="type">The class of the task that runs afterwards.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependeeOfAttribute(Type type) : Attribute
{
    /// <summary>Gets the class of the task that runs afterwards.</summary>
    public Type Task { get; } = type;
}
