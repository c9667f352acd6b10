/** Invented people and places are made from these lists; accents, apostrophes and double names are in on purpose. */
export const FIRST_NAMES = words(`Nora Liam Ava Noah Mila Ethan Zoë Lucas Maya Owen Ines Caleb Freya Elijah Ruby Mateo
  Isla Jonah Chloé Levi Aria Ezra Lena Silas Hana Felix Priya Oscar Leïla Hugo Naomi Amir Greta Kofi Elena Soren Tessa
  Rafael Anouk Bodhi Celia Dmitri Esme Farid Gwen Hector Imani Joaquín Keiko Lars Marisol Nils Odette Pavel Quinn Rosa
  Santiago Thea Umar Vera Wyatt Ximena Yusuf Zara Abel Bianca Cyrus Delia Emeka Flora Gideon Hazel Idris Juniper Kai
  Luz Malik Nadia Otto Petra Ravi Selma Tobias Ursula Viktor Willa Xander Yara Zeke Adela Bram Clio Dara Enzo Fern
  Gael Hope Iker June Knox Lila Milo Nell Orla Paz Renée Sami Tomás Una Vito Wren`);

export const LAST_NAMES = words(`Marsh Brook Quill Larch Fenwick O'Brien Castillo Nguyen Okafor Lindqvist Baptiste
  Núñez Petrov Hartley MacLeod Yamada D'Angelo Schröder Abadi Kowalski Winterbourne Achterberg Delacroix Ferreira
  Grünwald Haddad Ivarsson Jimenez Kaplan Lockwood Mbeki Novak Oduya Pereira Quintero Rahman Sandoval Thackeray
  Underhill Valdés Whitcomb Xiong Yilmaz Zamora Ashby Bellamy Cromwell Dunmore Eastwick Fairbank Goodwin Holloway
  Ingram Jessop Kendrick Langley Merriweather Northcott Ormond Prescott Radcliffe Stanhope Tillman Upton Vance
  Wakefield Yardley Zeller Álvarez Bjørnson Çelik Dvořák Eriksen Fitzgerald García-Lorca Hoàng Ibáñez Johansson
  Kealoha Lefèvre Müller Nakamura Ólafsson Papadopoulos Reyes-Ortiz Søndergaard Tran Ueda Vlašić Williams Yeo
  Zhang Amari Bouchard Chandra Dubois Eze Fofana Gupta Hassan Ito Joshi Khan Laurent Mensah Nowak Osei Patel`);

export const STREETS = words(`Larch_Row Mill_Lane Orchard_Street Quarry_Road Alder_Avenue Heron_Way Station_Road
  Kestrel_Court Willow_Bend Foundry_Street Juniper_Terrace Ferry_Lane Maple_Crescent Chapel_Hill Saddle_Ridge
  Cooper's_Yard`).map((name) => name.replaceAll('_', ' '));

export const SCHOOL_NAMES = words(`Alderbrook Heronfield Quarryhill Millrace Kestrel Juniper Saddleback Ferrybridge
  Foxglove Stonecroft Willowbank Larkspur Cedarfall Brackenridge Rivermouth Hollins Fairwater Graystone`);

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}
