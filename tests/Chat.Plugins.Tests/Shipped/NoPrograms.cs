using System.Net;

namespace Chat.Plugins.Tests.Shipped;

/// <summary>What only webhooks ask for, whose tests have a daemon.</summary>
internal sealed class NoPrograms : IBots, IDirectory, IHttpClients
{
    public Task<IBot> EnsureAsync(string name, CancellationToken cancellation) => throw new NotSupportedException();

    public HttpClient Create() => throw new NotSupportedException();

    public HttpClient CreatePublic(params IReadOnlyCollection<IPNetwork> open) => throw new NotSupportedException();

    public ValueTask<User?> FindUserAsync(string name, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<Room?> FindRoomAsync(string name, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<FoundMessage?> FindMessageAsync(Room room, long number, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<RoomSummary>> ListRoomsAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<User>> ListPresentAsync(Room room, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<User>> ListMembersAsync(Room room, CancellationToken cancellation) => throw new NotSupportedException();

    public IReadOnlyList<User> ListOnline() => [];

    public bool IsOnline(User user) => false;
}
