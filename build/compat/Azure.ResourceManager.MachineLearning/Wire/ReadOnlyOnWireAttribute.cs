namespace Azure.ResourceManager.MachineLearning;

/// <summary>Marks a member that only the service sets: it is read, and never sent.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ReadOnlyOnWireAttribute : Attribute;
