namespace Cake.Frosting;

/// <summary>Makes the task run after another one. Inherited by derived tasks.</summary>
/// <param name="type">The class of the task that runs before.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependentOnAttribute(Type type) : Attribute
{
    /// <summary>Gets the class of the task that runs before.</summary>
    public Type Task { get; } = type;
}
