using System.Buffers;
using System.Net;
using Chat.Daemon.Transport;

namespace Chat.Daemon.Tests.Transport;

/// <summary>The parser of the PROXY protocol, version 2: whatever comes, in whatever pieces.</summary>
[TestClass]
public sealed class ProxyHeaderTests
{
    private static readonly byte[] After = "{\"type\":\"ping\"}\n"u8.ToArray();

    [TestMethod]
    [DataRow("192.0.2.7", 49_152)]
    [DataRow("2001:db8::7", 1)]
    public void AHeaderNamesTheClient(string address, int port)
    {
        var expected = new IPEndPoint(IPAddress.Parse(address), port);
        Assert.AreEqual(expected, Read(ProxyBytes.Of(expected)).Client);
        Assert.AreEqual(expected, Read(ProxyBytes.Of(expected, more: new byte[1_000])).Client, "what follows the addresses is skipped");
    }

    [TestMethod]
    [DataRow(0x20, 0x00, 0, DisplayName = "a check of the proxy")]
    [DataRow(0x20, 0x11, 12, DisplayName = "a check of the proxy, with addresses")]
    [DataRow(0x21, 0x00, 0, DisplayName = "an unknown family")]
    [DataRow(0x21, 0x31, 216, DisplayName = "a socket of Unix")]
    public void AHeaderMayNameNobody(int command, int family, int length) =>
        Assert.IsNull(Read(ProxyBytes.Raw(command, family, new byte[length])).Client);

    [TestMethod]
    [DataRow(0x11, 0x11, 12, "version 1")]
    [DataRow(0x31, 0x11, 12, "version 3")]
    [DataRow(0x22, 0x11, 12, "the command 2")]
    [DataRow(0x21, 0x12, 12, "the family 0x12")]
    [DataRow(0x21, 0x41, 12, "the family 0x41")]
    [DataRow(0x21, 0x11, 11, "a header without its addresses")]
    [DataRow(0x21, 0x21, 35, "a header without its addresses")]
    [DataRow(0x21, 0x11, 4_081, "a header of 4097 bytes")]
    [DataRow(0x21, 0x11, 65_535, "a header of 65551 bytes")]
    public void WhatIsWrongIsNamed(int command, int family, int length, string problem)
    {
        var wrong = Assert.ThrowsExactly<FramingException>(() => Read(ProxyBytes.Raw(command, family, new byte[length])));
        Assert.AreEqual(problem, wrong.Message);
    }

    /// <summary>A flood is not waited for: the first wrong byte decides, and so does a length that is too large.</summary>
    [TestMethod]
    [DataRow("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n")]
    [DataRow("{")]
    [DataRow("\r\n\r\n\0\r\nQUIT!")]
    public void OtherBytesAreRefusedAtOnce(string text)
    {
        var input = new ReadOnlySequence<byte>(System.Text.Encoding.ASCII.GetBytes(text));
        Assert.ThrowsExactly<FramingException>(() => ProxyHeader.Read(ref input));
        input = new(ProxyBytes.Raw(0x21, 0x11, new byte[10_000]).AsMemory(0, 16));
        Assert.ThrowsExactly<FramingException>(() => ProxyHeader.Read(ref input));
    }

    /// <summary>Bytes at random, close to a header: a header, a refusal, or more must come. Never anything else.</summary>
    [TestMethod]
    public void NothingElseHappens()
    {
        var random = new Random(1);
        var valid = ProxyBytes.Of(new IPEndPoint(IPAddress.Parse("2001:db8::7"), 7), more: new byte[20]);
        for (var run = 0; run < 200_000; run++)
        {
            var bytes = valid.ToArray();
            for (var change = random.Next(4); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var input = new ReadOnlySequence<byte>(bytes, 0, random.Next(bytes.Length + 1));
            var before = input.Length;
            try
            {
                var header = ProxyHeader.Read(ref input);
                Assert.IsTrue(header is null ? input.Length == before : before - input.Length is >= 16 and <= ProxyHeader.MaxBytes);
            }
            catch (FramingException)
            {
                Assert.AreEqual(before, input.Length);
            }
        }
    }

    /// <summary>In two pieces, wherever they part.</summary>
    private static ProxyHeader Read(byte[] header)
    {
        byte[] all = [.. header, .. After];
        ProxyHeader? found = null;
        for (var end = 0; end < Math.Min(header.Length, 300); end++)
        {
            var part = new ReadOnlySequence<byte>(all, 0, end);
            Assert.IsNull(ProxyHeader.Read(ref part), $"{end} bytes");
        }
        var input = new ReadOnlySequence<byte>(all);
        found = ProxyHeader.Read(ref input);
        CollectionAssert.AreEqual(After, input.ToArray());
        return found!;
    }
}
