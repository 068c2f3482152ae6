namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>What is done with a value that is no finite number.</summary>
public enum NanStrategy
{
    /// <summary>It is left out.</summary>
    Remove,

    /// <summary>It counts as 0, as for numbers of errors, which are written only where there are some.</summary>
    Replace,
}
