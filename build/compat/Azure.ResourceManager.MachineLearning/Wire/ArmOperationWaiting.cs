namespace Azure.ResourceManager.MachineLearning;

/// <summary>What <see cref="WaitUntil"/> asks of an operation that was just started.</summary>
internal static class ArmOperationWaiting
{
    /// <summary>Waits for the end when that was asked.</summary>
    public static ArmOperation After(this ArmOperation operation, WaitUntil waitUntil, CancellationToken cancellationToken)
    {
        if (waitUntil == WaitUntil.Completed)
        {
            operation.WaitForCompletionResponse(cancellationToken);
        }

        return operation;
    }

    /// <inheritdoc cref="After(ArmOperation, WaitUntil, CancellationToken)"/>
    public static async Task<ArmOperation> AfterAsync(
        this ArmOperation operation, WaitUntil waitUntil, CancellationToken cancellationToken)
    {
        if (waitUntil == WaitUntil.Completed)
        {
            await operation.WaitForCompletionResponseAsync(cancellationToken).ConfigureAwait(false);
        }

        return operation;
    }

    /// <inheritdoc cref="After(ArmOperation, WaitUntil, CancellationToken)"/>
    public static ArmOperation<T> After<T>(this ArmOperation<T> operation, WaitUntil waitUntil, CancellationToken cancellationToken)
        where T : notnull
    {
        if (waitUntil == WaitUntil.Completed)
        {
            operation.WaitForCompletion(cancellationToken);
        }

        return operation;
    }

    /// <inheritdoc cref="After(ArmOperation, WaitUntil, CancellationToken)"/>
    public static async Task<ArmOperation<T>> AfterAsync<T>(
        this ArmOperation<T> operation, WaitUntil waitUntil, CancellationToken cancellationToken)
        where T : notnull
    {
        if (waitUntil == WaitUntil.Completed)
        {
            await operation.WaitForCompletionAsync(cancellationToken).ConfigureAwait(false);
        }

        return operation;
    }
}
