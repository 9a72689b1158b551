using System.Net.Security;

namespace Chat.LoadTest.Coordination;

/// <summary>A worker that joined over the network.</summary>
internal sealed class RemoteWorker(SslStream stream) : Worker(new StreamReader(stream), new StreamWriter(stream))
{
    private const int Unknown = -1;

    protected override Task<int> StatusAsync() => Task.FromResult(Unknown);

    protected override async Task EndAsync() => await stream.DisposeAsync();
}
