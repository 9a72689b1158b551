using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Chat.Testing;

/// <summary>A visitor of the daemon's HTTP address, as a browser or a program is. Follows no redirect and keeps no cookie.</summary>
public sealed class TestWeb
{
    private readonly ChatTest chat;
    private readonly HttpClient client;

    internal TestWeb(ChatTest chat, HttpClient client) => (this.chat, this.client) = (chat, client);

    /// <summary>Sent with each request.</summary>
    private IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    private TestUser? User { get; init; }

    /// <summary>The same visitor, logged in as this user, who must have an account for most routes that ask for a login.</summary>
    public TestWeb As(TestUser user) => new(chat, client) { Headers = Headers, User = user };

    /// <summary>The same visitor, who also sends this header.</summary>
    public TestWeb With(string header, string value) => new(chat, client) { Headers = [.. Headers, (header, value)], User = User };

    /// <param name="path">From the first slash on: <c>/p/village/casas</c>.</param>
    public Task<WebAnswer> Gets(string path) => Sends(HttpMethod.Get, path);

    /// <inheritdoc cref="Gets"/>
    public Task<WebAnswer> Posts(string path, string json) => Sends(HttpMethod.Post, path, json);

    /// <inheritdoc cref="Gets"/>
    /// <param name="body">Null for none.</param>
    /// <param name="contentType">Of the body.</param>
    public async Task<WebAnswer> Sends(HttpMethod method, string path, string? body = null, string contentType = "application/json")
    {
        await chat.AllEnterAsync();
        using var request = new HttpRequestMessage(method, new Uri(chat.Daemon.HttpAddress, path));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }
        foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
        if (User is not null) request.Headers.Authorization = new("Bearer", User.Presence.Token);
        return await AskAsync(request, string.Create(CultureInfo.InvariantCulture, $"{method} {path}"));
    }

    private async Task<WebAnswer> AskAsync(HttpRequestMessage request, string shown)
    {
        using var timeout = Deadline.Start();
        try
        {
            using var response = await client.SendAsync(request, timeout.Token);
            var headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
            return new(shown, (int)response.StatusCode, await response.Content.ReadAsStringAsync(timeout.Token), headers, chat.Failures);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw chat.Failures.Of($"{shown} got no answer within {Deadline.Seconds} s.", e);
        }
        catch (HttpRequestException e)
        {
            throw chat.Failures.Of($"{shown} failed: {e.Message}", e);
        }
    }
}
