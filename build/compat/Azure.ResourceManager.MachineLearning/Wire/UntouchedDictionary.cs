namespace Azure.ResourceManager.MachineLearning;

/// <summary>
/// The map that a new object starts with. It is not sent while it is empty, because to ARM an absent map means
/// "leave it" and an empty one "clear it"; who wants to clear assigns an empty map.
/// </summary>
internal sealed class UntouchedDictionary<TValue> : Dictionary<string, TValue>;
