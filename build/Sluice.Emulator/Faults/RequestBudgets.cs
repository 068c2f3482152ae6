using Microsoft.AspNetCore.Http;

namespace Sluice.Emulator.Faults;

/// <summary>
/// The token buckets of the one principal that the emulator knows, in its one subscription. Azure has a further bucket for each
/// subscription, fifteen times as large, that one principal alone can't empty.
/// </summary>
internal sealed class RequestBudgets(BudgetLimits limits, TimeProvider time)
{
    private readonly TokenBucket _reads = new(limits.Reads, time);
    private readonly TokenBucket _writes = new(limits.Writes, time);
    private readonly TokenBucket _deletes = new(limits.Deletes, time);
    private long _refused;

    /// <summary>How many requests were refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Takes a request out of its budget.</summary>
    /// <param name="method">The request's method.</param>
    public BudgetAnswer Take(string method)
    {
        var (name, bucket) = method switch
        {
            _ when HttpMethods.IsGet(method) || HttpMethods.IsHead(method) => ("read", _reads),
            _ when HttpMethods.IsDelete(method) => ("delete", _deletes),
            _ => ("write", _writes),
        };
        if (bucket.TryTake(out var left, out var wait))
        {
            return new BudgetAnswer(name, left, Wait: null);
        }

        Interlocked.Increment(ref _refused);
        return new BudgetAnswer(name, left, wait);
    }
}
