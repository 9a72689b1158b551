using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>
/// Asks receivers to take an event. They are strangers: a request has 10 s, nothing of the answer's body is read, and only public addresses
/// are reached, or those that the operator has opened. Thread-safe.
/// </summary>
internal sealed class Receivers(IHttpClients clients, ISettings<WebhookSettings> settings, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private volatile Opened? opened;

    /// <param name="id">The same at each try, so that a receiver can tell that it has the event already.</param>
    public async Task<Outcome> PostAsync(OutgoingHook hook, string id, string body, CancellationToken cancellation)
    {
        using var request = RequestOf(hook, id, body);
        try
        {
            using var answer = await ClientNow().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return OutcomeOf(answer);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Outcome.Later("timeout");
        }
        catch (HttpRequestException failure)
        {
            return OutcomeOf(failure);
        }
    }

    private HttpRequestMessage RequestOf(OutgoingHook hook, string id, string body)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Chat-Webhooks", "1"));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", Secrets.Sign(hook.Secret, id, timestamp, body));
        return request;
    }

    private Outcome OutcomeOf(HttpResponseMessage answer)
    {
        var code = (int)answer.StatusCode;
        if (answer.IsSuccessStatusCode) return Outcome.Delivered;
        if (code is >= 300 and < 400) return Outcome.Never("redirect");
        var reason = string.Create(CultureInfo.InvariantCulture, $"http_{code}");
        var isForNow = code >= 500 || answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || code == 425;
        return isForNow ? Outcome.Later(reason, WaitIn(answer.Headers.RetryAfter)) : Outcome.Never(reason);
    }

    private static Outcome OutcomeOf(HttpRequestException failure) => failure.InnerException switch
    {
        RefusalException refused => Outcome.Never(refused.Code),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
            Outcome.Later("no_such_host"),
        _ when failure.HttpRequestError is HttpRequestError.NameResolutionError => Outcome.Later("no_such_host"),
        _ when failure.HttpRequestError is HttpRequestError.SecureConnectionError => Outcome.Later("tls"),
        _ => Outcome.Later("connection"),
    };

    private TimeSpan? WaitIn(RetryConditionHeaderValue? asked) => asked?.Delta ?? (asked?.Date - time.GetUtcNow());

    /// <summary>Made anew when the settings change.</summary>
    private HttpClient ClientNow()
    {
        var now = settings.Current;
        if (opened is { } known && ReferenceEquals(known.Settings, now)) return known.Client;
        var client = clients.CreatePublic([.. now.OpenNetworks.Select(network => IPNetwork.Parse(network))]);
        client.Timeout = Timeout;
        opened = new(now, client);
        return client;
    }

    private sealed record Opened(WebhookSettings Settings, HttpClient Client);
}
