"""Names that are plainly invented: given names with birds, trees, stones and weathers for surnames."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.generate.dice import Dice

_WOMEN = """Ada Agnes Alis Amina Anwen Aoife Bela Beti Bronwen Carys Catrin Ceri Cerys Clara Cordelia Delyth Dilys Doris
Edie Efa Eira Eirlys Elin Eluned Enid Esme Farida Ffion Freya Gaynor Gladys Glenys Greta Gwen Gwyneth Hafwen Halina
Hattie Heulwen Hilda Ida Ines Iris Isla Jadwiga Joan Kasia Lena Lilian Llinos Lowri Mabel Mair Malak Marged Mavis Megan
Meera Menna Mona Morag Morfydd Nerys Nesta Nia Nora Olwen Orla Peggy Philomena Priya Rhian Rhiannon Rita Rosa Ruby
Sali Saoirse Shanti Sian Sioned Tegan Tegwen Thelma Una Vera Wendy Wilma Winifred Yasmin Zofia""".split()

_MEN = """Abel Adebayo Albie Alun Aled Anil Arun Arwel Barnaby Bedwyr Berwyn Bleddyn Bryn Cai Caradog Cledwyn Clive
Cyril Dafydd Desmond Dewi Dilwyn Dylan Edwin Eifion Elis Elwyn Emlyn Emrys Ernest Euros Farouk Fergus Gareth Gerallt
Geraint Gethin Glyn Gruff Gwilym Haydn Hywel Idris Idwal Iestyn Ieuan Ifor Illtyd Iolo Islwyn Iwan Jacek Kofi Lech
Leszek Lionel Llew Lorcan Magnus Maldwyn Mansel Meirion Milo Mostyn Nabil Norman Omar Osian Otto Percy Rafi Rhodri
Rhys Rufus Selwyn Stefan Sulien Tariq Tegid Tomos Trefor Tudur Wilf Wyn""".split()

_SURNAMES = """Alabaster Alder Aspen Avocet Beech Birch Bittern Blackthorn Bluebell Bramble Bullfinch Buzzard Campion
Cedar Chaffinch Chough Clover Cobble Coot Corncrake Cowslip Curlew Cypress Dipper Drizzle Dunlin Elder Fern Fieldfare
Firecrest Flint Foxglove Gannet Garnet Godwit Goldcrest Goshawk Granite Greenfinch Hailstone Harebell Harrier Hawthorn
Hazel Heather Heron Hornbeam Ivy Jackdaw Juniper Kestrel Kingfisher Kittiwake Knot Lapwing Larch Lark Limestone Linden
Linnet Magpie Mallow Maple Marble Marigold Medlar Merlin Mistle Moonstone Nightjar Nuthatch Oak Onyx Osprey Pebble
Peregrine Petrel Pine Pipit Plover Poplar Primrose Puffin Quartz Quince Rainford Redstart Redwing Rowan Sandstone
Shale Shearwater Siskin Skylark Slate Sleet Snowdrop Sorrel Speedwell Stonechat Sunbeam Sycamore Tamarisk Teal
Thistle Thrush Topaz Treecreeper Turnstone Wagtail Warbler Waxwing Wheatear Whinchat Willow Woodlark Wren Yarrow
Yellowhammer Yew""".split()


def names(dice: Dice) -> Iterator[tuple[str, str]]:
    """(name of a woman, name of a man) without end, each pair with a surname of its own: "Wren", and when the surnames
    have all been used, "Wren-Alder", "Wren-Birch" and so on."""
    women, men = dice.shuffled(_WOMEN), dice.shuffled(_MEN)
    drawn = 0
    for turn in range(len(_SURNAMES)):
        for surname in dice.shuffled(_SURNAMES):
            second = f"-{_SURNAMES[turn]}" if turn else ""
            if second != f"-{surname}":
                yield (
                    f"{women[drawn % len(women)]} {surname}{second}",
                    f"{men[drawn % len(men)]} {surname}{second}",
                )
                drawn += 1
