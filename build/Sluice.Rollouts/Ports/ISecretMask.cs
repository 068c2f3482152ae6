namespace Sluice.Rollouts.Ports;

/// <summary>The gate by which secrets enter the program: each is hidden from logs that others read before it can be printed.</summary>
public interface ISecretMask
{
    /// <summary>Takes a key or token in.</summary>
    /// <param name="value">The value, as somebody gave it.</param>
    /// <returns>The value, so that it can't be shown by mistake.</returns>
    Secret Hide(string value);
}
