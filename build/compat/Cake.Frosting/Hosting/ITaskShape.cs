namespace Cake.Frosting.Hosting;

/// <summary>What a task made of itself: the engine is given only those members that a task overrides.</summary>
internal interface ITaskShape
{
    /// <summary>Gets the type of the context that the task's members take.</summary>
    Type ContextType { get; }

    /// <summary>Gets a value indicating whether the task has work of its own.</summary>
    bool Runs { get; }

    /// <summary>Gets a value indicating whether the task may decide to be skipped.</summary>
    bool HasCriteria { get; }

    /// <summary>Gets a value indicating whether the task handles its errors.</summary>
    bool HandlesErrors { get; }

    /// <summary>Gets a value indicating whether the task cleans up after itself.</summary>
    bool CleansUp { get; }
}
