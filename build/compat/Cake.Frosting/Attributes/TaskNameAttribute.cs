namespace Cake.Frosting;

/// <summary>Names a task. Without it the task is called like its class.</summary>
/// <param name="name">The name, found case-insensitively and reported as written here.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskNameAttribute(string name) : Attribute
{
    /// <summary>Gets the name, found case-insensitively and reported as written here.</summary>
    public string Name { get; } = name;
}
