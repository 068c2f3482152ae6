using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sluice.Emulator.Operations;

namespace Sluice.Emulator.Faults;

/// <summary>
/// A request whose answer is held back until its faults have been at it. What is held is in memory: a document, a score, or the part of
/// a blob that was asked for.
/// </summary>
internal sealed class FaultyExchange : IDisposable
{
    private const int StaleLimit = 1024 * 1024;
    private readonly HttpContext _context;
    private readonly FaultPlan _plan;
    private readonly ErrorAnswers _errors;
    private readonly TimeProvider _time;
    private readonly IHttpResponseBodyFeature _way;
    private readonly MemoryStream _body = new();
    private double _share = 1;
    private bool _isReset;

    /// <summary>Holds the answer of a request from here on.</summary>
    public FaultyExchange(HttpContext context, FaultTarget request, FaultPlan plan, ErrorAnswers errors, TimeProvider time)
    {
        _context = context;
        _plan = plan;
        _errors = errors;
        _time = time;
        Request = request;
        _way = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Response.Body = _body;
    }

    /// <summary>The request.</summary>
    public FaultTarget Request { get; }

    /// <summary>The connection is no more, so there is nobody to answer.</summary>
    public bool IsGone => _isReset || _context.RequestAborted.IsCancellationRequested;

    /// <summary>Bytes of the body that is held.</summary>
    public long BodyLength => _body.Length;

    /// <summary>Puts an error in the place of the answer.</summary>
    public Task AnswerAsync(AnswerEffect error)
    {
        _context.Response.Clear();
        return _errors.WriteAsync(_context, Request.Surface, error);
    }

    /// <summary>Puts an answer in the place of the one that is held. Ids and counters stay those of this request.</summary>
    public void Answer(KeptAnswer answer)
    {
        var response = _context.Response;
        _body.SetLength(0);
        _body.Write(answer.Body);
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        response.Headers.ETag = answer.ETag;
    }

    /// <summary>What this read was answered before the last change; null when it saw none, or is no read.</summary>
    public KeptAnswer? EarlierAnswer()
    {
        var response = _context.Response;
        return HttpMethods.IsGet(Request.Method) && _body.Length <= StaleLimit
            ? _plan.Memory.Remember(
                $"{_context.Request.Host}{Request.Path}{Request.Query}",
                new KeptAnswer(response.StatusCode, response.ContentType, response.Headers.ETag, _body.ToArray()))
            : null;
    }

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        _isReset = true;
        _context.Abort();
    }

    /// <summary>Sends only a share of the body.</summary>
    public void Cut(double share) => _share = share;

    /// <summary>Waits, or until the client is gone.</summary>
    public Task WaitAsync(TimeSpan time) => Task.Delay(time, _time, _context.RequestAborted);

    /// <summary>Has the operation that this request begins go wrong. A fault that was there before goes first.</summary>
    public void DisturbOperation(Func<OperationFault?> fault)
    {
        var first = _context.Features.Get<OperationFaultSource>();
        _context.Features.Set(new OperationFaultSource(() => first?.Next() ?? fault()));
    }

    /// <summary>Sends what is held, as far as the client is to have it.</summary>
    public async Task SendAsync()
    {
        await _context.Response.BodyWriter.FlushAsync(_context.RequestAborted);
        _context.Features.Set(_way);
        if (_body.Length > 0)
        {
            _context.Response.ContentLength ??= _body.Length;
            await _way.Stream.WriteAsync(_body.GetBuffer().AsMemory(0, (int)(_body.Length * _share)), _context.RequestAborted);
        }

        if (_share >= 1)
        {
            await _way.CompleteAsync();
        }
    }

    /// <summary>Lets go of what is held.</summary>
    public void Dispose()
    {
        _context.Features.Set(_way);
        _body.Dispose();
    }
}
